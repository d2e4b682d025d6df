#pragma once
#include <string>
#include <string_view>

namespace postrider::lint {

/// A value from a message for people to see: in UTF-8, blanks and controls as single blanks, without the marks that
/// turn the direction of text around, limits::lint_shown_octets long at most and then ending in "...".
std::string shown(std::string_view text);

}  // namespace postrider::lint
