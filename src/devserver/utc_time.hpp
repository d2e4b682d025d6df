#pragma once
#include <chrono>
#include <string>

namespace postrider::devserver {

/// "2026-03-01T12:34:56.789Z"                                                                             RFC 3339 §5.6
std::string utc_time(std::chrono::system_clock::time_point);

}  // namespace postrider::devserver
