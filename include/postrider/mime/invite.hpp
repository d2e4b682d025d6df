#pragma once
#include <postrider/core/host.hpp>
#include <postrider/mime/calendar.hpp>
#include <postrider/mime/message.hpp>

namespace postrider::mime {

/// Makes an invitation, a cancellation or an answer of a message from the front door: the calendar stands as the last
/// alternative, which mailers show with buttons, and is attached as invite.ics, for calendars that want a file.
///                                                                                                RFC 6047, RFC 5546
///     multipart/mixed
///     ├─ multipart/alternative
///     │  ├─ text/plain
///     │  ├─ text/html                                    where the message has HTML, with its inline parts
///     │  └─ text/calendar; method=REQUEST
///     ├─ ...                                             what was attached
///     └─ application/ics  "invite.ics"
///
/// Where the message has no text, it says what, when and where; no From, To or Subject: they follow from the event.
/// Throws mime::error: what to_icalendar throws; rejected for a message that has its structure already.
message& add_invite(message& mail, calendar_event const& event, calendar_method method = calendar_method::request,
                    host const& from = system_host());

}  // namespace postrider::mime
