#pragma once
#include <array>
#include <cstdint>
#include <postrider/core/ascii.hpp>
#include <string_view>

/// The character classes of RFC 5322 §3.2, as RFC 6532 widens them: an octet of UTF-8 beyond ASCII is text anywhere.
namespace postrider::mime {

enum character_class : std::uint8_t {
    atext_class = 1,    // of an atom
    control_class = 2,  // CTL other than HTAB
    blank_class = 4,    // SP, HTAB
    name_class = 8,     // of a field name: printable, not ":"
    phrase_class = 16,  // may stand in a display name without quotes: atext and the blank
    utf8_class = 32,    // beyond ASCII
    token_class = 64,   // of a token of RFC 2045 §5.1
};

constexpr std::array<std::uint8_t, 256> make_character_classes() {
    std::array<std::uint8_t, 256> table{};
    for (unsigned c = 0; c < 256; ++c) {
        constexpr std::string_view specials = "()<>[]:;@\\,.\"";
        if (c == ' ' || c == '\t') table[c] |= blank_class;
        if ((c < 32 && c != '\t') || c == 127) table[c] |= control_class;
        if (c > 32 && c < 127 && c != ':') table[c] |= name_class;
        if (c > 127 || (c > 32 && c < 127 && specials.find(static_cast<char>(c)) == specials.npos))
            table[c] |= atext_class | phrase_class;
        if (c > 32 && c < 127 && std::string_view("()<>@,;:\\\"/[]?=").find(static_cast<char>(c)) == specials.npos)
            table[c] |= token_class;
        if (c == ' ') table[c] |= phrase_class;
        if (c > 127) table[c] |= utf8_class;
    }
    return table;
}
inline constexpr auto character_classes = make_character_classes();

constexpr bool has_class(char c, std::uint8_t wanted) noexcept {
    return character_classes[static_cast<unsigned char>(c)] & wanted;
}
constexpr bool is_atext(char c) noexcept {
    return has_class(c, atext_class);
}
constexpr bool is_blank(char c) noexcept {
    return has_class(c, blank_class);
}
constexpr bool is_control(char c) noexcept {
    return has_class(c, control_class);
}

constexpr bool starts_without_case(std::string_view text, std::string_view start) noexcept {
    return text.size() >= start.size() && ascii::equal_without_case(text.substr(0, start.size()), start);
}

/// What one pass over a text tells.
struct text_octets {
    bool control = false;
    bool beyond_ascii = false;
};
text_octets look_at(std::string_view text) noexcept;

}  // namespace postrider::mime
