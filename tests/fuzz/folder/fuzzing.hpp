#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

/// Ends the run where an invariant does not hold.
#define ALWAYS(condition) ((condition) ? static_cast<void>(0) : std::abort())

inline std::string_view octets_of(std::uint8_t const* data, std::size_t size) {
    return {reinterpret_cast<char const*>(data), size};
}
