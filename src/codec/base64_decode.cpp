#include <array>
#include <cstdint>
#include <postrider/codec/error.hpp>

#include "base64_paths.hpp"

namespace postrider::codec {
namespace {

/// In place of the bits of what is no character of the alphabet: stays visible when a group of four is put together.
constexpr std::uint32_t no_value = 0xFF000000;

/// The six bits of each character, where they stand in a group of 24.
constexpr auto values = [] {
    std::array<std::array<std::uint32_t, 256>, 4> table{};
    for (unsigned position = 0; position < 4; ++position) {
        table[position].fill(no_value);
        for (unsigned value = 0; value < 64; ++value)
            table[position][static_cast<unsigned char>(detail::base64_alphabet[value])] = value << (18 - 6 * position);
    }
    return table;
}();

std::uint32_t bits_of(unsigned position, char c) noexcept {
    return values[position][static_cast<unsigned char>(c)];
}

char* put_octets(char* out, std::uint32_t bits, unsigned count) noexcept {
    for (unsigned i = 0; i < count; ++i) *out++ = static_cast<char>(bits >> (16 - 8 * i));
    return out;
}

using detail::line_shape;
using decoder = char* (*)(std::string_view&, line_shape, char*) noexcept;

decoder decoder_of(base64_path path) noexcept {
#ifdef POSTRIDER_BASE64_X86
    if (path == base64_path::avx512_vbmi) return detail::decode_base64_avx512;
    if (path == base64_path::avx2) return detail::decode_base64_avx2;
#endif
    static_cast<void>(path);
    return detail::decode_base64_scalar;
}

/// By the fast way as far as it goes, then group by group.
char* decode_groups(std::string_view& text, line_shape shape, char* out, decoder fast) noexcept {
    out = fast(text, shape, out);
    return detail::decode_base64_scalar(text, shape, out);
}

/// The shape of the first line, where whole groups stand on it.
line_shape first_line(std::string_view text) noexcept {
    constexpr std::size_t longest = 1000;
    std::size_t const lf = text.substr(0, longest).find('\n');
    if (lf == std::string_view::npos || lf == 0) return {};
    std::size_t const line_end = text[lf - 1] == '\r' ? 2 : 1;
    std::size_t const characters = lf + 1 - line_end;
    if (characters % 4 != 0 || characters < detail::shortest_line) return {};
    return {characters, line_end};
}

bool is_blank_or_line_end(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Takes what stands behind the data, from the first '=' on. `characters` of a group came before it.
void note_padding(std::string_view rest, unsigned characters, detail::base64_faults& out) noexcept {
    std::size_t const wanted = characters >= 2 ? 4 - characters : 0;
    std::size_t seen = 0;
    for (char c : rest) {
        if (c == '=' && !out.data_after_padding)
            ++seen;
        else if (c != '=' && !is_blank_or_line_end(c))
            out.data_after_padding = true;
    }
    out.missing_padding = seen < wanted;
    if (seen > wanted) out.skipped_characters = true;
}

}  // namespace

char* detail::decode_base64_scalar(std::string_view& text, line_shape, char* out) noexcept {
    char const* at = text.data();
    for (std::size_t groups = text.size() / 4; groups > 0; --groups, at += 4) {
        std::uint32_t const bits = bits_of(0, at[0]) | bits_of(1, at[1]) | bits_of(2, at[2]) | bits_of(3, at[3]);
        if (bits & no_value) break;
        out = put_octets(out, bits, 3);
    }
    text.remove_prefix(static_cast<std::size_t>(at - text.data()));
    return out;
}

result<std::string> decode_base64(std::string_view text) {
    return decode_base64(text, detail::fastest_base64_path());
}

result<std::string> decode_base64(std::string_view text, base64_path path) {
    if (text.size() % 4 != 0) return errc::malformed;
    std::string out(text.size() / 4 * 3, '\0');
    char* end = decode_groups(text, {}, out.data(), decoder_of(path));
    if (!text.empty()) {
        bool const one_octet = text[2] == '=';
        if (text.size() != 4 || text[3] != '=') return errc::malformed;
        std::uint32_t const bits = bits_of(0, text[0]) | bits_of(1, text[1]) | (one_octet ? 0 : bits_of(2, text[2]));
        // Bits that no octet takes must be zero, or several texts would decode to the same octets: RFC 4648 §3.5.
        if (bits & no_value || bits & (one_octet ? 0xFFFF : 0xFF)) return errc::malformed;
        end = put_octets(end, bits, one_octet ? 1 : 2);
    }
    out.resize(static_cast<std::size_t>(end - out.data()));
    return out;
}

decoded_base64 decode_base64_leniently(std::string_view text) {
    return decode_base64_leniently(text, detail::fastest_base64_path());
}

decoded_base64 decode_base64_leniently(std::string_view text, base64_path path) {
    std::string octets(detail::base64_room(text.size()), '\0');
    detail::base64_faults faults;
    char* const end = detail::decode_base64_leniently(text, octets.data(), faults, path);
    octets.resize(static_cast<std::size_t>(end - octets.data()));
    return {std::move(octets), faults.skipped_characters, faults.missing_padding, faults.wrong_length,
            faults.data_after_padding};
}

char* detail::decode_base64_leniently(std::string_view text, char* out, base64_faults& faults,
                                      base64_path path) noexcept {
    line_shape const shape = first_line(text);
    decoder const fast = decoder_of(path);
    std::uint32_t bits = 0;
    unsigned characters = 0;  // of the group begun
    bool padded = false;
    while (!text.empty()) {
        if (characters == 0) out = decode_groups(text, shape, out, fast);
        if (text.empty()) break;
        char const c = text.front();
        if (c == '=') {
            note_padding(text, characters, faults);
            padded = true;
            break;
        }
        text.remove_prefix(1);
        std::uint32_t const value = bits_of(characters, c);
        if (value & no_value) {
            faults.skipped_characters |= !is_blank_or_line_end(c);
            continue;
        }
        bits |= value;
        if (++characters < 4) continue;
        out = put_octets(out, bits, 3);
        bits = 0;
        characters = 0;
    }
    if (characters >= 2) out = put_octets(out, bits, characters - 1);
    faults.wrong_length = characters == 1;
    if (!padded) faults.missing_padding = characters >= 2;
    return out;
}

}  // namespace postrider::codec
