#pragma once
#include <chrono>
#include <optional>
#include <postrider/codec/error.hpp>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>

/// Date-times of RFC 5322 §3.3. Never depends on the locale.
namespace postrider::codec {

using time_point = std::chrono::sys_seconds;

/// "Fri, 20 Nov 2026 10:11:12 +0800". Without an offset: "-0000", which says that the zone is unknown. What lies
/// outside the years 0 to 9999 is written as the first or last second inside. An offset's odd seconds are left out, and
/// out of the time as well.
std::string format_date(time_point when, std::optional<std::chrono::seconds> utc_offset);

/// 31 characters, without allocating; returns one past the last.
char* format_date(time_point when, std::optional<std::chrono::seconds> utc_offset, char* out) noexcept;

/// "Fri, 20 Nov 2026 02:11:12 GMT", as HTTP has it.
std::string format_http_date(time_point when);

struct date_time {
    time_point when;
    std::optional<std::chrono::seconds> utc_offset;  ///< nothing for -0000 and unknown zones (taken as UTC)
};

/// Reads RFC 5322 with its obsolete forms, RFC 850 and asctime: day name optional, two-digit years (69 to 99 are of the
/// last century), named zones, comments; and what else mail has: ISO 8601, "+08:00", AM and PM, words behind the zone.
/// Seconds may be missing, the time of day not. A wrong day name does not matter.
/// errors     codec::errc::malformed, also for days and zones that do not exist.
result<date_time> parse_date(std::string_view text);

}  // namespace postrider::codec
