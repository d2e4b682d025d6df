#pragma once
#include <cstddef>
#include <string_view>

namespace postrider::mime {

/// Removes the first line from `text` and returns it without its line end: LF, CRLF, or the end of the text.
constexpr std::string_view take_line(std::string_view& text) noexcept {
    auto const end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

/// A CR that ends no line counts as a blank.
constexpr std::string_view without_blanks_behind(std::string_view text) noexcept {
    while (text.ends_with(' ') || text.ends_with('\t') || text.ends_with('\r')) text.remove_suffix(1);
    return text;
}

/// The line that stands before a signature.                                                            RFC 3676 §4.3
inline constexpr std::string_view signature_mark = "-- ";

}  // namespace postrider::mime
