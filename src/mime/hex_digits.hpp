#pragma once
#include <array>
#include <cstddef>

namespace postrider::mime {

/// Octets as lower-case hexadecimal digits, where no string is wanted for them.
template <std::size_t Count>
std::array<char, 2 * Count> hex_digits(std::array<char, Count> const& octets) noexcept {
    auto const digit = [](unsigned char half) {  // without a table the compiler makes many at a time
        return static_cast<char>(half + '0' + (half > 9 ? 'a' - '9' - 1 : 0));
    };
    std::array<char, 2 * Count> text;
    for (std::size_t i = 0; i < Count; ++i) {
        auto const octet = static_cast<unsigned char>(octets[i]);
        text[2 * i] = digit(octet >> 4);
        text[2 * i + 1] = digit(octet & 15);
    }
    return text;
}

}  // namespace postrider::mime
