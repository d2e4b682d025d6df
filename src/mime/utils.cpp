#include <array>
#include <postrider/codec/date.hpp>
#include <postrider/core/digest.hpp>
#include <postrider/mime/error.hpp>
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
    return localtime(from.now(), from);
}

local_time localtime(std::chrono::system_clock::time_point when, host const& from) {
    return {std::chrono::floor<std::chrono::seconds>(when), from.utc_offset(when)};
}

std::string format_datetime(codec::date_time const& when, bool usegmt) {
    if (!usegmt) return codec::format_date(when.when, when.utc_offset);
    if (when.utc_offset != std::chrono::seconds(0))
        throw error(errc::rejected, "GMT is asked for, and the zone is another");
    return codec::format_http_date(when.when);
}

std::string format_datetime(local_time const& when) {
    return codec::format_date(when.when, when.utc_offset);
}

std::optional<date_parts> parsedate_tz(std::string_view text) {
    using namespace std::chrono;
    auto const parsed = codec::parse_date(text);
    if (!parsed) return std::nullopt;
    auto const local = parsed->when + parsed->utc_offset.value_or(seconds(0));
    year_month_day const date(floor<days>(local));
    hh_mm_ss const time(local - floor<days>(local));
    return date_parts{static_cast<int>(date.year()),
                      static_cast<int>(static_cast<unsigned>(date.month())),
                      static_cast<int>(static_cast<unsigned>(date.day())),
                      static_cast<int>(time.hours().count()),
                      static_cast<int>(time.minutes().count()),
                      static_cast<int>(time.seconds().count()),
                      parsed->utc_offset};
}

std::optional<date_parts> parsedate(std::string_view text) {
    auto parts = parsedate_tz(text);
    if (parts) parts->utc_offset.reset();
    return parts;
}

std::chrono::sys_seconds mktime_tz(date_parts const& parts) {
    using namespace std::chrono;
    sys_days const date = year(parts.year) / month(static_cast<unsigned>(parts.month)) / 1;
    return date + days(parts.day - 1) + hours(parts.hour) + minutes(parts.minute) + seconds(parts.second) -
           parts.utc_offset.value_or(seconds(0));
}

result<codec::date_time> parsedate_to_datetime(std::string_view text) {
    return codec::parse_date(text);
}

std::string quote(std::string_view text) {
    std::string quoted;
    for (char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted;
}

std::string unquote(std::string_view text) {
    if (text.size() > 1 && text.front() == '<' && text.back() == '>')
        return std::string(text.substr(1, text.size() - 2));
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
    text = text.substr(1, text.size() - 2);
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        bool const escape = text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '\\' || text[at + 1] == '"');
        plain += text[escape ? ++at : at];
    }
    return plain;
}

}  // namespace postrider::mime
