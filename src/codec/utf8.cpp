#include "utf8.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <postrider/codec/charset.hpp>

namespace postrider::codec {
namespace {

constexpr std::uint64_t high_bits = 0x8080808080808080;

std::uint64_t load_word(char const* at) noexcept {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// Octets at the front of `text` that are ASCII for certain: a multiple of eight.
std::size_t ascii_words(std::string_view text) noexcept {
    std::size_t done = 0;
    for (; text.size() - done >= 32; done += 32) {
        char const* at = text.data() + done;
        if ((load_word(at) | load_word(at + 8) | load_word(at + 16) | load_word(at + 24)) & high_bits) break;
    }
    while (text.size() - done >= 8 && !(load_word(text.data() + done) & high_bits)) done += 8;
    return done;
}

bool ends_in_ascii_word(std::string_view text) noexcept {
    return !(load_word(text.data() + text.size() - 8) & high_bits);
}

/// Octets at the front of `text` that are characters of three octets whose second is not restricted: most of what is
/// written in Chinese, Japanese and Korean. Each is looked at with the octet behind it, but for the last.
std::size_t three_octet_characters(std::string_view text) noexcept {
    constexpr auto looked_at = std::bit_cast<std::uint32_t>(std::array<unsigned char, 4>{0xF0, 0xC0, 0xC0, 0});
    constexpr auto wanted = std::bit_cast<std::uint32_t>(std::array<unsigned char, 4>{0xE0, 0x80, 0x80, 0});
    std::size_t done = 0;
    for (; text.size() - done >= 4; done += 3) {
        std::uint32_t octets;
        std::memcpy(&octets, text.data() + done, sizeof octets);
        auto const lead = static_cast<unsigned char>(text[done]);
        if ((octets & looked_at) != wanted || lead == 0xE0 || lead == 0xED) return done;
    }
    if (text.size() - done < 3) return done;
    auto const last = detail::first_character(text.substr(done));
    return last.valid && last.octets == 3 ? done + 3 : done;
}

/// Octets at the front of `text` that are well-formed characters, where this processor can tell many at a time.
std::size_t characters_in_blocks(std::string_view text) noexcept {
#ifdef POSTRIDER_UTF8_X86
    constexpr std::size_t worth_a_beginning = 64;
    if (text.size() >= worth_a_beginning && __builtin_cpu_supports("avx2")) return detail::utf8_characters_avx2(text);
#else
    static_cast<void>(text);
#endif
    return 0;
}

/// The longest well-formed prefix, a character at a time where it is neither ASCII nor such a run.
std::size_t well_formed_scalar(std::string_view text) noexcept {
    std::size_t done = 0;
    while (done < text.size()) {
        std::size_t good = three_octet_characters(text.substr(done));
        if (good == 0) {
            auto const character = detail::first_character(text.substr(done));
            if (!character.valid) break;
            good = character.octets;
        }
        done += good;
        if (done < text.size() && static_cast<unsigned char>(text[done]) < 0x80)
            done += detail::ascii_prefix(text.substr(done));
    }
    return done;
}

}  // namespace

bool is_ascii(std::string_view octets) noexcept {
    auto const done = ascii_words(octets);
    if (octets.size() - done >= 8) return false;
    if (octets.size() >= 8) return ends_in_ascii_word(octets);
    for (char octet : octets)
        if (static_cast<unsigned char>(octet) >= 0x80) return false;
    return true;
}

std::size_t detail::ascii_prefix(std::string_view octets) noexcept {
    std::size_t done = ascii_words(octets);
    if (octets.size() >= 8 && octets.size() - done < 8 && ends_in_ascii_word(octets)) return octets.size();
    while (done < octets.size() && static_cast<unsigned char>(octets[done]) < 0x80) ++done;
    return done;
}

bool detail::is_utf8_scalar(std::string_view octets) noexcept {
    return well_formed_scalar(octets) == octets.size();
}

std::size_t detail::well_formed_prefix(std::string_view octets) noexcept {
    std::size_t done = ascii_prefix(octets);
    done += characters_in_blocks(octets.substr(done));
    return done + well_formed_scalar(octets.substr(done));
}

bool is_utf8(std::string_view octets) noexcept {
#ifdef POSTRIDER_UTF8_X86
    if (__builtin_cpu_supports("avx512bw")) return detail::is_utf8_avx512(octets.substr(ascii_words(octets)));
#endif
    return detail::well_formed_prefix(octets) == octets.size();
}

std::size_t utf8_prefix(std::string_view text, std::size_t octets) noexcept {
    if (octets >= text.size()) return text.size();
    while (octets > 0 && (static_cast<unsigned char>(text[octets]) & 0xC0) == 0x80) --octets;
    return octets;
}

}  // namespace postrider::codec
