#include <array>
#include <postrider/codec/date.hpp>
#include <postrider/core/digest.hpp>
#include <postrider/mime/utils.hpp>

#include "checks.hpp"

namespace postrider::mime {

std::string make_msgid(std::string_view id_string, std::string_view domain, host const& from) {
    std::array<char, 16> random;
    from.random(random);
    auto id = '<' + to_hex({random.data(), random.size()});
    if (!id_string.empty()) id += '.' + std::string(id_string);
    id += '@' + (domain.empty() ? from.name() : std::string(domain)) + '>';
    check_tokens("Message-ID", id);
    return id;
}

std::string formatdate(std::optional<std::chrono::system_clock::time_point> when, bool localtime, bool usegmt,
                       host const& from) {
    auto moment = when ? *when : from.now();
    auto seconds = std::chrono::floor<std::chrono::seconds>(moment);
    if (usegmt) return codec::format_http_date(seconds);
    return codec::format_date(seconds, localtime ? std::optional(from.utc_offset(moment)) : std::nullopt);
}

local_time localtime(host const& from) {
    auto now = from.now();
    return {std::chrono::floor<std::chrono::seconds>(now), from.utc_offset(now)};
}

}  // namespace postrider::mime
