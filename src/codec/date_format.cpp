#include <algorithm>
#include <postrider/codec/date.hpp>

#include "date_names.hpp"

namespace postrider::codec {
namespace {

using namespace std::chrono;

char* put(char* out, std::string_view text) noexcept {
    return std::ranges::copy(text, out).out;
}

char* put_number(char* out, unsigned number, unsigned digits) noexcept {
    for (unsigned i = digits; i > 0; --i, number /= 10) out[i - 1] = static_cast<char>('0' + number % 10);
    return out + digits;
}

/// The instants whose year has four digits.
time_point to_four_digit_year(time_point when) noexcept {
    constexpr time_point first = sys_days(year(0) / January / 1);
    constexpr time_point last = sys_days(year(10000) / January / 1) - seconds(1);
    return std::clamp(when, first, last);
}

/// "Fri, 20 Nov 2026 10:11:12"
char* put_date_and_time(char* out, time_point local) noexcept {
    auto const day = floor<days>(local);
    year_month_day const date(day);
    hh_mm_ss const time(local - day);
    out = put(put(out, detail::day_names[weekday(day).c_encoding()]), ", ");
    out = put(put_number(out, static_cast<unsigned>(date.day()), 2), " ");
    out = put(put(out, detail::month_names[static_cast<unsigned>(date.month()) - 1]), " ");
    out = put(put_number(out, static_cast<unsigned>(static_cast<int>(date.year())), 4), " ");
    out = put(put_number(out, static_cast<unsigned>(time.hours().count()), 2), ":");
    out = put(put_number(out, static_cast<unsigned>(time.minutes().count()), 2), ":");
    return put_number(out, static_cast<unsigned>(time.seconds().count()), 2);
}

}  // namespace

char* format_date(time_point when, std::optional<seconds> utc_offset, char* out) noexcept {
    // The zone has no room for seconds (Amsterdam was 19 min 32 s ahead until 1937): both lose them, so that the
    // instant stays right.
    constexpr minutes widest = hours(99) + minutes(59);
    minutes const offset = std::clamp(floor<minutes>(utc_offset.value_or(seconds(0))), -widest, widest);
    out = put_date_and_time(out, to_four_digit_year(to_four_digit_year(when) + offset));
    out = put(out, offset < minutes(0) || !utc_offset ? " -" : " +");
    auto const distance = static_cast<unsigned>(abs(offset).count());
    return put_number(put_number(out, distance / 60, 2), distance % 60, 2);
}

std::string format_date(time_point when, std::optional<seconds> utc_offset) {
    char room[31];
    return {room, format_date(when, utc_offset, room)};
}

std::string format_http_date(time_point when) {
    char room[29];
    return {room, put(put_date_and_time(room, to_four_digit_year(when)), " GMT")};
}

}  // namespace postrider::codec
