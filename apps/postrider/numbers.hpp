#pragma once
#include <CLI/Error.hpp>
#include <CLI/Validators.hpp>
#include <cstdint>

namespace postrider::app {

/// For an option's `transform`: a whole number in decimal digits. CLI11 by itself takes "-1" for the largest of all
/// numbers and "010" for eight.
CLI::Validator whole_number(std::uint64_t least, std::uint64_t most = UINT64_MAX);

/// Whether a step of a dialogue may wait so many seconds: a moment at least, and less than a fortnight.
bool is_timeout(double seconds) noexcept;

/// For an option's `check`: seconds that are a timeout.
CLI::Validator timeout_seconds();

}  // namespace postrider::app
