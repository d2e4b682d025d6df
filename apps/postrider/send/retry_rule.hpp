#pragma once
#include <optional>
#include <postrider/proto/smtp/failure.hpp>
#include <postrider/proto/smtp/report.hpp>

namespace postrider::app {

/// Nobody has this message, and nothing was decided about it: it may be tried again over another connection.
bool may_try_again(smtp::report const&, std::optional<smtp::failure> const& why);

}  // namespace postrider::app
