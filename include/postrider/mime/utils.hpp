#pragma once
#include <chrono>
#include <optional>
#include <postrider/core/host.hpp>
#include <string>
#include <string_view>

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

}  // namespace postrider::mime
