#pragma once
#include <cstddef>
#include <string_view>

#if defined(__x86_64__) && defined(__GNUC__)
#define POSTRIDER_UTF8_X86 1
#endif

namespace postrider::codec::detail {

inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";  // U+FFFD

/// What stands at the front of a text.
struct utf8_character {
    std::size_t octets;  ///< of the character, or of the ill-formed part that one U+FFFD stands in for
    bool valid;
};

/// Reads the first character of `text`, which is not empty. An ill-formed part is as long as Unicode 15 §3.9 (table
/// 3-8, maximal subparts) says, so that our replacement characters are as many as anybody's.
inline utf8_character first_character(std::string_view text) noexcept {
    auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    unsigned char const lead = at(0);
    if (lead < 0x80) return {1, true};
    if (lead < 0xC2 || lead > 0xF4) return {1, false};
    std::size_t const wanted = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    // The second octet alone keeps out overlong forms, surrogates and what lies above U+10FFFF.
    unsigned char const lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char const highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (text.size() < 2 || at(1) < lowest || at(1) > highest) return {1, false};
    for (std::size_t i = 2; i < wanted; ++i)
        if (i >= text.size() || (at(i) & 0xC0) != 0x80) return {i, false};
    return {wanted, true};
}

/// The length of the longest prefix that is ASCII / well-formed UTF-8.
std::size_t ascii_prefix(std::string_view octets) noexcept;
std::size_t well_formed_prefix(std::string_view octets) noexcept;

/// What is_utf8 says, on any processor.
bool is_utf8_scalar(std::string_view octets) noexcept;

#ifdef POSTRIDER_UTF8_X86
/// Octets at the front of `text` that are well-formed characters for certain, looked at 32 at a time.
std::size_t utf8_characters_avx2(std::string_view text) noexcept;
/// What is_utf8 says, where there is AVX-512BW.
bool is_utf8_avx512(std::string_view text) noexcept;
#endif

}  // namespace postrider::codec::detail
