#pragma once
#include <chrono>
#include <optional>
#include <postrider/codec/date.hpp>
#include <postrider/core/host.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// The rest of email.utils; formataddr, parseaddr and getaddresses are in address.hpp.
namespace postrider::mime {

/// A Message-ID, with its angle brackets, that nobody has had before. Without a domain it is this machine's name, which
/// may take a look-up the first time.
std::string make_msgid(std::string_view id_string = {}, std::string_view domain = {}, host const& from = system_host());

/// "Fri, 20 Nov 2026 10:11:12 -0000"; in local time "+0800" instead; with `usegmt` "GMT".
std::string formatdate(std::optional<std::chrono::system_clock::time_point> when = {}, bool localtime = false,
                       bool usegmt = false, host const& from = system_host());

/// A moment with the offset of local time then.
struct local_time {
    std::chrono::sys_seconds when;
    std::chrono::seconds utc_offset;
};
local_time localtime(host const& from = system_host());
local_time localtime(std::chrono::system_clock::time_point when, host const& from = system_host());

/// Without an offset "-0000". With `usegmt` the offset has to be zero.
/// Throws mime::error: rejected for `usegmt` with another zone than UTC.
std::string format_datetime(codec::date_time const& when, bool usegmt = false);
std::string format_datetime(local_time const& when);

/// A date-time as it was written: in its own zone, and the zone beside it.
struct date_parts {
    int year, month, day, hour, minute, second;
    std::optional<std::chrono::seconds> utc_offset;  ///< nothing for -0000 and for zones that nobody knows
    friend bool operator==(date_parts const&, date_parts const&) = default;
};

/// Nothing for what is no date-time, and for days and times that do not exist: Python hands 32 January on.
std::optional<date_parts> parsedate(std::string_view text);  ///< without the offset
std::optional<date_parts> parsedate_tz(std::string_view text);

/// The instant. Without an offset it is taken as UTC, where Python takes local time.
std::chrono::sys_seconds mktime_tz(date_parts const& parts);

/// errors     codec::errc::malformed
result<codec::date_time> parsedate_to_datetime(std::string_view text);

/// `text` with a backslash before each backslash and quotation mark / without the quotes or angle brackets around it,
/// and without those backslashes.
std::string quote(std::string_view text);
std::string unquote(std::string_view text);

/// `charset'language'value` as it stands in an extended parameter: its octets, and what they are to be read in.
struct rfc2231_value {
    std::optional<std::string> charset;  ///< nothing where the text has no two quotes
    std::optional<std::string> language;
    std::string value;
    friend bool operator==(rfc2231_value const&, rfc2231_value const&) = default;
};

/// Percent-encodes octets, with `charset'language'` in front if either is given.                     RFC 2231 §4, §7
std::string encode_rfc2231(std::string_view octets, std::string_view charset = {}, std::string_view language = {});
/// Takes the three apart; percent-encoding stays.
rfc2231_value decode_rfc2231(std::string_view text);

/// Parameters as they are written, joined and decoded: `name*0*=`, `name*1=` ... become one `name`. Extended ones are an
/// rfc2231_value of octets, others a quoted string. A hundred sections of one name at most (limits::parameter_sections).
using decoded_parameter = std::pair<std::string, std::variant<std::string, rfc2231_value>>;
std::vector<decoded_parameter> decode_params(std::vector<std::pair<std::string, std::string>> const& params);

/// The value in UTF-8, unquoted; octets that are not of the charset become U+FFFD, and without a charset, or with one
/// that nobody knows, it is read as `fallback_charset`.
std::string collapse_rfc2231_value(std::variant<std::string, rfc2231_value> const& value,
                                   std::string_view fallback_charset = "us-ascii");

}  // namespace postrider::mime
