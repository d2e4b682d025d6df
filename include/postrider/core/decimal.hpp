#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace postrider {

/// The decimal digits of `number`, behind as many zeros as `width` asks for: decimal(7, 2) is "07".
/// A number that has more digits than `width` keeps them all.
inline std::string decimal(std::uint64_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return digits;
}

}  // namespace postrider
