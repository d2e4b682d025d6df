#pragma once
#include <cstddef>
#include <string_view>

namespace postrider::mime {

/// A line: octets [begin, end), then its line end (CRLF, LF, or nothing at the end of the octets), then `next`.
struct line {
    std::size_t begin;
    std::size_t end;
    std::size_t next;
};

line line_at(std::string_view octets, std::size_t begin) noexcept;

/// Where the line before the one that begins at `at` ends, line end excluded; not before `floor`.
std::size_t end_of_line_before(std::string_view octets, std::size_t at, std::size_t floor) noexcept;

/// What a line is in a header section.
enum class line_role {
    blank,         ///< ends the section
    continuation,  ///< begins with a blank, and may hold nothing else
    envelope,      ///< "From ...", as mbox files have it
    nameless,      ///< begins with a colon
    field,
    other,  ///< no header line: belongs to the body
};
line_role role_in_header(std::string_view text) noexcept;

}  // namespace postrider::mime
