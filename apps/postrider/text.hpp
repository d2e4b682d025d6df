#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace postrider::app {

/// Without spaces, tabs and line ends at either side.
std::string_view trimmed(std::string_view text) noexcept;

/// The pieces between separators, trimmed, empty ones left out.
std::vector<std::string> split(std::string_view text, char separator);

/// "1.4 MB"
std::string human_size(double octets);

}  // namespace postrider::app
