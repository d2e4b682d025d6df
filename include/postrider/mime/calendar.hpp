#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <postrider/core/host.hpp>
#include <postrider/mime/address.hpp>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// An event as iCalendar, for an invitation (mime/invite.hpp).                                     RFC 5545, RFC 5546
namespace postrider::mime {

/// A moment as the clocks of a zone show it. The zone is one of the event's `zones`.
struct local_moment {
    std::chrono::local_seconds when;
    std::string zone;
    friend bool operator==(local_moment const&, local_moment const&) = default;
};

/// UTC; a zone's time, which a meeting that recurs needs; or a whole day.
using event_moment = std::variant<std::chrono::sys_seconds, local_moment, std::chrono::year_month_day>;

/// When and how a zone's clocks change.                                                              RFC 5545 §3.6.5
struct zone_observance {
    bool daylight = false;
    std::string name;                       ///< "CET"; may be empty
    std::chrono::seconds offset_before{0};  ///< ahead of UTC, until then
    std::chrono::seconds offset{0};         ///< and from then on
    std::chrono::local_seconds begins;      ///< as the clocks show it before the change
    std::string recurrence;                 ///< "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", or empty
};
struct calendar_zone {
    std::string id;  ///< "Europe/Berlin"; IANA's names are known everywhere
    std::vector<zone_observance> observances;
};

/// A zone whose clocks never change / that follow the rule of the European Union since 1996 / of the USA and Canada
/// since 2007.
/// `standard`   how far its standard time is ahead of UTC.
calendar_zone fixed_zone(std::string id, std::chrono::seconds standard);
calendar_zone european_zone(std::string id, std::chrono::seconds standard);
calendar_zone american_zone(std::string id, std::chrono::seconds standard);

enum class attendee_role : std::uint8_t { chair, required, optional, informed };
enum class participation : std::uint8_t { needs_action, accepted, declined, tentative };

struct attendee {
    mailbox who;
    attendee_role role = attendee_role::required;
    participation status = participation::needs_action;
    bool rsvp = true;  ///< an answer is wanted
};

struct calendar_event {
    std::string uid;   ///< one for the event's whole life, unique in the world: make_msgid without its brackets
    int sequence = 0;  ///< one more for each change, and for the cancellation
    event_moment start;
    std::optional<event_moment> end = {};  ///< the first moment, or day, that is no longer part of it
    std::string summary = {};
    std::string location = {};
    std::string description = {};  ///< lines ended by LF
    mailbox organizer = {};
    std::vector<attendee> attendees = {};
    std::string recurrence = {};  ///< "FREQ=WEEKLY;COUNT=4"                                     RFC 5545 §3.3.10
    std::vector<calendar_zone> zones = {};
    std::optional<std::chrono::minutes> reminder = {};                ///< before the start
    std::optional<std::chrono::system_clock::time_point> stamp = {};  ///< when this was written; now, if there is none
};

enum class calendar_method : std::uint8_t {
    request,  ///< an invitation, or a change of one
    cancel,
    reply,  ///< of the one attendee to the organizer
};
std::string_view to_string(calendar_method) noexcept;  ///< "REQUEST" and so on

/// A calendar with that event in it: lines of 75 octets at most, ended by CRLF.
/// Throws mime::error: missing_sender without an organizer; no_recipient without an attendee, or with several in a
/// reply; bad_field_body for what has no meaning (no uid, a zone that is not told, an end before the start, a recurrence
/// that is none); control_character; unencodable.
std::string to_icalendar(calendar_event const& event, calendar_method method, host const& from = system_host());

}  // namespace postrider::mime
