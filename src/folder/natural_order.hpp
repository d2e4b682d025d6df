#pragma once
#include <string_view>

namespace postrider::folder {

/// Whether `a` stands before `b` when digits that follow one another count as one number. A strict weak order: two that
/// differ in leading zeros alone compare as octets.
bool natural_less(std::string_view a, std::string_view b) noexcept;

}  // namespace postrider::folder
