#pragma once
#include <postrider/mime/tree.hpp>
#include <string>
#include <string_view>

// Text from a message, made fit to be shown.
namespace postrider::mime {

/// Octets that claim to be UTF-8, with U+FFFD for those that are not.
std::string to_utf8(std::string_view octets);

/// UTF-8 with its controls (tab excepted) and line separators as escapes: "\x0d", "\u2028".
std::string escape_controls(std::string text);

}  // namespace postrider::mime
