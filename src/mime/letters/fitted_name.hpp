#pragma once
#include <string>
#include <string_view>

namespace postrider::mime {

/// A file name of 200 octets at most: `added` stands between the stem of `name` and its ending, and the stem gives way.
/// `name`     UTF-8
std::string fitted_name(std::string_view name, std::string_view added);

}  // namespace postrider::mime
