#pragma once
#include <cstddef>
#include <string_view>

namespace postrider::folder {

inline constexpr std::string_view from_word = "From ";

/// Where the first line that begins with "From " at or behind `at` begins; npos when there is none. `at` is not looked
/// at as a beginning unless a line begins there.
std::size_t find_from_word(std::string_view octets, std::size_t at) noexcept;

/// A line's octets without its line end, and where the next begins.
struct line_of_mbox {
    std::string_view text;
    std::size_t next;
};
line_of_mbox line_of_mbox_at(std::string_view octets, std::size_t begin) noexcept;

/// Where the blank line begins that ends at `at`; `at` when the line before it is not blank. A line that begins the
/// octets counts.
std::size_t blank_line_before(std::string_view octets, std::size_t at, std::size_t floor) noexcept;

}  // namespace postrider::folder
