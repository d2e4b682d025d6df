#pragma once
#include <string>
#include <string_view>

namespace postrider::app {

/// The text with U+FFFD in place of each octet that is no UTF-8: JSON must hold nothing else, and servers say anything.
std::string valid_utf8(std::string_view text);

}  // namespace postrider::app
