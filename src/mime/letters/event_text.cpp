#include "event_text.hpp"

#include <postrider/core/decimal.hpp>

namespace postrider::mime {
namespace {

std::string date_of(std::chrono::year_month_day day) {
    return decimal(unsigned(int(day.year())), 4) + '-' + decimal(unsigned(day.month()), 2) + '-' +
           decimal(unsigned(day.day()), 2);
}

std::string time_of(std::chrono::local_seconds when) {
    auto const day = std::chrono::floor<std::chrono::days>(when);
    std::chrono::hh_mm_ss const time(when - day);
    return date_of(std::chrono::year_month_day(day)) + ' ' + decimal(unsigned(time.hours().count()), 2) + ':' +
           decimal(unsigned(time.minutes().count()), 2);
}

std::string moment_text(event_moment const& moment) {
    struct writer {
        std::string operator()(std::chrono::sys_seconds utc) const {
            return time_of(std::chrono::local_seconds(utc.time_since_epoch())) + " UTC";
        }
        std::string operator()(local_moment const& local) const {
            return time_of(local.when) + " (" + local.zone + ')';
        }
        std::string operator()(std::chrono::year_month_day day) const { return date_of(day); }
    };
    return std::visit(writer{}, moment);
}

// A reader takes the last day of a holiday for part of it; iCalendar does not.
event_moment last_told(event_moment const& end) {
    auto const* day = std::get_if<std::chrono::year_month_day>(&end);
    return day ? std::chrono::year_month_day(std::chrono::sys_days(*day) - std::chrono::days(1)) : end;
}

}  // namespace

std::string describe(calendar_event const& event, std::string_view told) {
    std::string text = std::string(told) + ": " + event.summary + "\n\nWhen: " + moment_text(event.start);
    if (event.end && last_told(*event.end) != event.start) text += " - " + moment_text(last_told(*event.end));
    text += '\n';
    if (!event.location.empty()) text += "Where: " + event.location + '\n';
    text += "Organizer: " + (event.organizer.name.empty() ? event.organizer.address : event.organizer.name) + '\n';
    if (!event.description.empty()) text += '\n' + event.description + '\n';
    return text;
}

}  // namespace postrider::mime
