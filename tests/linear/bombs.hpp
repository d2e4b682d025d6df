#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace postrider::linear {

/// Octets made to cost a reader more than their size: `make` gives one of size n, `read` does to it all that a reader of
/// mail would.
struct bomb {
    std::string_view name;
    std::size_t
        size;  ///< n at which instructions are counted, and at 2n; small, for counting takes fifty times as long
    std::size_t full;  ///< n for a run by hand
    std::string (*make)(std::size_t n);
    void (*read)(std::string_view octets);
};
std::span<bomb const> bombs();

}  // namespace postrider::linear
