#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace postrider::mime {

/// How many octets longer `text` gets when each lone CR and lone LF becomes CRLF.
std::size_t missing_line_end_octets(std::string_view text) noexcept;

/// Appends `text` with its line ends made CRLF.
void append_with_crlf(std::string& out, std::string_view text);

/// Writes the same to `out`, which has room for what is missing too, and returns where it ends.
/// `has_cr`   whether there is a CR in it
char* put_with_crlf(char* out, std::string_view text, bool has_cr) noexcept;

/// The same, as it is where nothing is missing.
std::string with_crlf(std::string text);

}  // namespace postrider::mime
