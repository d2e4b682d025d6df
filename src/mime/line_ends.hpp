#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace postrider::mime {

/// How many octets longer `text` gets when each lone CR and lone LF becomes CRLF.
std::size_t missing_line_end_octets(std::string_view text) noexcept;

/// Appends `text` with its line ends made CRLF.
void append_with_crlf(std::string& out, std::string_view text);

/// The same, as it is where nothing is missing.
std::string with_crlf(std::string text);

}  // namespace postrider::mime
