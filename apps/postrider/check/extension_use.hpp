#pragma once
#include <string_view>

namespace postrider::app {

/// What a service extension is for, and when it is used; for a keyword that nothing here knows, that it is not used.
/// `keyword`   as EHLO has it, in any case.
std::string_view use_of(std::string_view keyword) noexcept;

}  // namespace postrider::app
