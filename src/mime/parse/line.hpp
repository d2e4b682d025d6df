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

/// The same, for a line whose LF is known to stand at `feed` (npos: the octets end without one).
line line_until(std::string_view octets, std::size_t begin, std::size_t feed) noexcept;

/// Where the line begins in which `at` lies.
std::size_t begin_of_line(std::string_view octets, std::size_t at) noexcept;

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
struct header_line {
    line_role role;
    std::size_t name_size = 0;  ///< of a field: where its colon stands
};
header_line read_header_line(std::string_view text) noexcept;

}  // namespace postrider::mime
