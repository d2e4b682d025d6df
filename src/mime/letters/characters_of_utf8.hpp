#pragma once
#include <cstddef>
#include <string>
#include <string_view>

/// Characters of UTF-8 by number, for text that is known to be well-formed.
namespace postrider::mime {

struct numbered_character {
    char32_t number;
    std::size_t octets;
};

/// The first character of `text`, which is not empty and well-formed.
constexpr numbered_character first_character(std::string_view text) noexcept {
    auto const at = [text](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    auto const tail = [&](std::size_t i) { return at(i) & 0x3F; };
    char32_t const lead = at(0);
    if (lead < 0x80 || text.size() < 2) return {lead, 1};
    if (lead < 0xE0 || text.size() < 3) return {(lead & 0x1F) << 6 | tail(1), 2};
    if (lead < 0xF0 || text.size() < 4) return {(lead & 0x0F) << 12 | tail(1) << 6 | tail(2), 3};
    return {(lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4};
}

/// Appends the character of that number; U+FFFD for a number that is no character (surrogates, above U+10FFFF).
inline void append_character(std::string& out, char32_t number) {
    if (number > 0x10FFFF || (number >= 0xD800 && number < 0xE000)) number = 0xFFFD;
    auto const put = [&out](char32_t octet) { out += static_cast<char>(octet); };
    if (number < 0x80) return put(number);
    if (number < 0x800) {
        put(0xC0 | number >> 6);
    } else {
        if (number < 0x10000) {
            put(0xE0 | number >> 12);
        } else {
            put(0xF0 | number >> 18);
            put(0x80 | (number >> 12 & 0x3F));
        }
        put(0x80 | (number >> 6 & 0x3F));
    }
    put(0x80 | (number & 0x3F));
}

}  // namespace postrider::mime
