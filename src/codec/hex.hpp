#pragma once
#include <string_view>

namespace postrider::codec::detail {

inline constexpr std::string_view upper_hex_digits = "0123456789ABCDEF";

/// The value of a hexadecimal digit of either case, or -1.
constexpr int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/// The octet that two hexadecimal digits at the front of `text` stand for, or -1.
constexpr int hex_octet(std::string_view text) noexcept {
    if (text.size() < 2) return -1;
    int const high = hex_value(text[0]), low = hex_value(text[1]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

}  // namespace postrider::codec::detail
