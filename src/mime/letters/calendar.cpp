#include <algorithm>
#include <cstdio>
#include <postrider/core/ascii.hpp>
#include <postrider/core/decimal.hpp>
#include <postrider/mime/calendar.hpp>
#include <postrider/mime/error.hpp>

#include "../checks.hpp"
#include "calendar_lines.hpp"

namespace postrider::mime {
namespace {

using std::chrono::local_seconds;
using std::chrono::sys_seconds;
using std::chrono::year_month_day;

[[noreturn]] void refuse(std::string const& why) {
    throw error(errc::bad_field_body, "the event " + why);
}

// basic formats of ISO 8601: 20261120, 20261120T101112
std::string date_text(year_month_day day) {
    if (!day.ok() || int(day.year()) < 0 || int(day.year()) > 9999) refuse("is on a day that there is not");
    return decimal(unsigned(int(day.year())), 4) + decimal(unsigned(day.month()), 2) + decimal(unsigned(day.day()), 2);
}

std::string time_text(local_seconds when) {
    auto const day = std::chrono::floor<std::chrono::days>(when);
    std::chrono::hh_mm_ss const time(when - day);
    return date_text(year_month_day(day)) + 'T' + decimal(unsigned(time.hours().count()), 2) +
           decimal(unsigned(time.minutes().count()), 2) + decimal(unsigned(time.seconds().count()), 2);
}

std::string utc_text(sys_seconds when) {
    return time_text(local_seconds(when.time_since_epoch())) + 'Z';
}

// utc-offset = ("+" / "-") hour minute [second]
std::string offset_text(std::chrono::seconds offset) {
    if (std::chrono::abs(offset) >= std::chrono::hours(24)) refuse("has a zone that is a day ahead or behind");
    std::chrono::hh_mm_ss const time(std::chrono::abs(offset));
    return (offset.count() < 0 ? '-' : '+') + decimal(unsigned(time.hours().count()), 2) +
           decimal(unsigned(time.minutes().count()), 2);
}

// recur = "FREQ=" freq *(";" part); told from other text, not read.
void check_recurrence(std::string_view rule) {
    bool const characters = std::all_of(rule.begin(), rule.end(), [](char c) {
        return ascii::is_alnum(c) || std::string_view("=;,+-").find(c) != std::string_view::npos;
    });
    if (!characters || !rule.starts_with("FREQ=")) refuse("has a recurrence that is none: " + shown(rule));
}

void put_moment(calendar_lines& out, std::string_view name, event_moment const& moment) {
    if (auto const* utc = std::get_if<sys_seconds>(&moment)) return out.line(name, utc_text(*utc));
    if (auto const* day = std::get_if<year_month_day>(&moment))
        return out.line(name, date_text(*day), {{"VALUE", "DATE"}});
    auto const& local = std::get<local_moment>(moment);
    out.line(name, time_text(local.when), {{"TZID", local.zone}});
}

void put_zone(calendar_lines& out, calendar_zone const& zone) {
    out.begin("VTIMEZONE");
    out.line("TZID", zone.id);
    for (auto const& one : zone.observances) {
        auto const component = one.daylight ? "DAYLIGHT" : "STANDARD";
        out.begin(component);
        out.line("DTSTART", time_text(one.begins));
        out.line("TZOFFSETFROM", offset_text(one.offset_before));
        out.line("TZOFFSETTO", offset_text(one.offset));
        if (!one.name.empty()) out.text("TZNAME", one.name);
        if (!one.recurrence.empty()) {
            check_recurrence(one.recurrence);
            out.line("RRULE", one.recurrence);
        }
        out.end(component);
    }
    out.end("VTIMEZONE");
}

std::string_view name_of(attendee_role role) noexcept {
    switch (role) {
        case attendee_role::chair: return "CHAIR";
        case attendee_role::required: return "REQ-PARTICIPANT";
        case attendee_role::optional: return "OPT-PARTICIPANT";
        case attendee_role::informed: break;
    }
    return "NON-PARTICIPANT";
}

std::string_view name_of(participation status) noexcept {
    switch (status) {
        case participation::needs_action: return "NEEDS-ACTION";
        case participation::accepted: return "ACCEPTED";
        case participation::declined: return "DECLINED";
        case participation::tentative: break;
    }
    return "TENTATIVE";
}

bool is_bare_in_uri(char c) noexcept {
    return ascii::is_alnum(c) || ascii::is_8bit(c) || std::string_view("@!$'*+-._~").find(c) != std::string_view::npos;
}

// cal-address. An address may hold what a URI may not.                                           RFC 6068 §2
std::string cal_address(mailbox const& who) {
    if (!parse_addr_spec(who.address)) throw error(errc::bad_address, "no address: " + shown(who.address));
    std::string uri = "mailto:";
    for (char c : who.address) {
        char escaped[4];
        std::snprintf(escaped, sizeof escaped, "%%%02X", static_cast<unsigned char>(c));
        if (is_bare_in_uri(c))
            uri += c;
        else
            uri += escaped;
    }
    return uri;
}

void put_attendee(calendar_lines& out, attendee const& one, calendar_method method) {
    bool const asked = method == calendar_method::request && one.rsvp;
    out.line("ATTENDEE", cal_address(one.who),
             {{"CUTYPE", "INDIVIDUAL"},
              {"ROLE", std::string(name_of(one.role))},
              {"PARTSTAT", std::string(name_of(one.status))},
              {"RSVP", asked ? "TRUE" : ""},
              {"CN", one.who.name}});
}

bool is_before(event_moment const& a, event_moment const& b) {
    if (auto const* utc = std::get_if<sys_seconds>(&a)) return *utc < std::get<sys_seconds>(b);
    if (auto const* day = std::get_if<year_month_day>(&a)) return *day < std::get<year_month_day>(b);
    auto const &first = std::get<local_moment>(a), &second = std::get<local_moment>(b);
    return first.zone != second.zone || first.when < second.when;
}

void check_zone(calendar_event const& event, event_moment const& moment) {
    auto const* local = std::get_if<local_moment>(&moment);
    if (!local) return;
    bool const known = std::any_of(event.zones.begin(), event.zones.end(),
                                   [local](calendar_zone const& one) { return one.id == local->zone; });
    if (!known) refuse("is in a zone that it does not tell: " + shown(local->zone));
}

void check(calendar_event const& event, calendar_method method) {
    if (event.uid.empty()) refuse("needs a uid");
    if (event.sequence < 0) refuse("has a sequence below zero");
    if (event.organizer.address.empty()) throw error(errc::missing_sender, "an event needs an organizer");
    if (event.attendees.empty() || (method == calendar_method::reply && event.attendees.size() > 1))
        throw error(errc::no_recipient, "an invitation has attendees, and a reply has one: who replies");
    check_zone(event, event.start);
    if (!event.recurrence.empty()) check_recurrence(event.recurrence);
    if (!event.end) return;
    check_zone(event, *event.end);
    if (event.end->index() != event.start.index()) refuse("begins and ends in different kinds of time");
    if (!is_before(event.start, *event.end)) refuse("ends before it begins");
}

void put_reminder(calendar_lines& out, std::chrono::minutes before, std::string_view summary) {
    if (before.count() < 0) refuse("has a reminder behind its start");
    out.begin("VALARM");
    out.line("ACTION", "DISPLAY");
    out.line("TRIGGER", "-PT" + std::to_string(before.count()) + "M");
    out.text("DESCRIPTION", summary.empty() ? "Reminder" : summary);
    out.end("VALARM");
}

void put_event(calendar_lines& out, calendar_event const& event, calendar_method method, sys_seconds stamp) {
    out.begin("VEVENT");
    out.text("UID", event.uid);
    out.line("SEQUENCE", std::to_string(event.sequence));
    out.line("DTSTAMP", utc_text(stamp));
    put_moment(out, "DTSTART", event.start);
    if (event.end) put_moment(out, "DTEND", *event.end);
    if (!event.recurrence.empty()) out.line("RRULE", event.recurrence);
    out.line("ORGANIZER", cal_address(event.organizer), {{"CN", event.organizer.name}});
    for (auto const& one : event.attendees) put_attendee(out, one, method);
    out.text("SUMMARY", event.summary);
    if (!event.location.empty()) out.text("LOCATION", event.location);
    if (!event.description.empty()) out.text("DESCRIPTION", event.description);
    if (method != calendar_method::reply)
        out.line("STATUS", method == calendar_method::cancel ? "CANCELLED" : "CONFIRMED");
    if (event.reminder && method == calendar_method::request) put_reminder(out, *event.reminder, event.summary);
    out.end("VEVENT");
}

}  // namespace

std::string_view to_string(calendar_method method) noexcept {
    switch (method) {
        case calendar_method::request: return "REQUEST";
        case calendar_method::cancel: return "CANCEL";
        case calendar_method::reply: break;
    }
    return "REPLY";
}

std::string to_icalendar(calendar_event const& event, calendar_method method, host const& from) {
    check(event, method);
    calendar_lines out;
    out.begin("VCALENDAR");
    out.line("PRODID", "-//Postrider//Postrider//EN");
    out.line("VERSION", "2.0");
    out.line("CALSCALE", "GREGORIAN");
    out.line("METHOD", to_string(method));
    for (auto const& zone : event.zones) put_zone(out, zone);
    put_event(out, event, method, std::chrono::floor<std::chrono::seconds>(event.stamp.value_or(from.now())));
    out.end("VCALENDAR");
    return out.take();
}

}  // namespace postrider::mime
