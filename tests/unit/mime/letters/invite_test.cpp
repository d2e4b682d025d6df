#include <postrider/codec/charset.hpp>
#include <postrider/mime/invite.hpp>
#include <postrider/mime/kinds.hpp>
#include <postrider/mime/parse.hpp>

#include "support.hpp"

using namespace postrider;
using namespace std::chrono_literals;
using mime::calendar_event;
using mime::calendar_method;
using std::chrono::local_days;
using std::chrono::sys_days;

namespace {

calendar_event meeting() {
    calendar_event event;
    event.uid = "1@example.com";
    event.start = sys_days(2026y / 11 / 20) + 10h + 11min + 12s;
    event.end = sys_days(2026y / 11 / 20) + 11h;
    event.summary = "Plan";
    event.organizer = {"Ann", "ann@example.com"};
    event.attendees = {{{"Bob", "bob@example.net"}}, {{"", "carol@example.net"}, mime::attendee_role::optional}};
    return event;
}

std::string calendar(calendar_event const& event, calendar_method method = calendar_method::request) {
    return mime::to_icalendar(event, method, fixed_host());
}

bool has_line(std::string_view calendar, std::string_view line) {
    return calendar.find("\r\n" + std::string(line) + "\r\n") != calendar.npos;
}

std::string unfolded_calendar(std::string text) {
    for (auto at = text.find("\r\n "); at != text.npos; at = text.find("\r\n ", at)) text.erase(at, 3);
    return text;
}

void check_refused(calendar_event const& event, mime::errc code, calendar_method method = calendar_method::request) {
    CHECK(thrown([&] { calendar(event, method); }) == code);
}

std::string types_of(std::string const& octets) {
    auto const read = mime::parse(octets);
    std::string types;
    for (std::size_t i = 0; i < read.part_count(); ++i) types += read.part(i).content_type() + ' ';
    return types;
}

}  // namespace

TEST_CASE("RFC 5546 §3.2.2: an invitation, line by line") {
    CHECK(unfolded_calendar(calendar(meeting())) ==
          "BEGIN:VCALENDAR\r\nPRODID:-//Postrider//Postrider//"
          "EN\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\nMETHOD:REQUEST\r\n"
          "BEGIN:VEVENT\r\nUID:1@example.com\r\nSEQUENCE:0\r\nDTSTAMP:20261120T023112Z\r\nDTSTART:20261120T101112Z\r\n"
          "DTEND:20261120T110000Z\r\nORGANIZER;CN=Ann:mailto:ann@example.com\r\n"
          "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Bob:mailto:bob@"
          "example.net\r\n"
          "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:carol@example.net\r\n"
          "SUMMARY:Plan\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

TEST_CASE("a meeting in a zone tells the zone's rules") {
    auto event = meeting();
    event.zones = {mime::european_zone("Europe/Berlin", 1h)};
    event.start = mime::local_moment{local_days(2026y / 7 / 1) + 9h, "Europe/Berlin"};
    event.end = mime::local_moment{local_days(2026y / 7 / 1) + 10h, "Europe/Berlin"};
    event.recurrence = "FREQ=WEEKLY;COUNT=4";
    auto const text = calendar(event);
    CHECK(has_line(text, "DTSTART;TZID=Europe/Berlin:20260701T090000"));
    CHECK(has_line(text, "RRULE:FREQ=WEEKLY;COUNT=4"));
    CHECK(text.find("BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n"
                    "BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
                    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n"
                    "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
                    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n") != text.npos);
}

TEST_CASE("zones without changes, west of Greenwich, and at half hours") {
    auto event = meeting();
    event.zones = {mime::fixed_zone("Asia/Kolkata", 5h + 30min), mime::american_zone("America/New_York", -5h)};
    auto const text = calendar(event);
    CHECK(text.find("DTSTART:19700101T000000\r\nTZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\nEND:STANDARD") != text.npos);
    CHECK(text.find("DTSTART:20070311T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\n") != text.npos);
    CHECK(text.find("DTSTART:20071104T020000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\n") != text.npos);
}

TEST_CASE("a whole day has a date, and a reminder an alarm") {
    auto event = meeting();
    event.start = 2026y / 12 / 24;
    event.end = 2026y / 12 / 25;
    event.reminder = 30min;
    auto const text = calendar(event);
    CHECK(has_line(text, "DTSTART;VALUE=DATE:20261224"));
    CHECK(has_line(text, "DTEND;VALUE=DATE:20261225"));
    CHECK(text.find("BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT30M\r\nDESCRIPTION:Plan\r\nEND:VALARM\r\n") !=
          text.npos);
}

TEST_CASE("RFC 5545 §3.1 and §3.3.11: text is escaped, and lines are folded at 75 octets, never inside a character") {
    auto event = meeting();
    event.summary = "a;b,c\\d \"e\": f";
    event.location = repeated("会议室", 30);
    event.description = "one\r\ntwo\n\nEND:VEVENT";
    auto const text = calendar(event);
    CHECK(has_line(text, "SUMMARY:a\\;b\\,c\\\\d \"e\": f"));
    CHECK(has_line(unfolded_calendar(text), "LOCATION:" + event.location));
    CHECK(has_line(text, "DESCRIPTION:one\\ntwo\\n\\nEND:VEVENT"));
    CHECK(longest_line(text) == 75);
    for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(rest.find("\r\n") + 2))
        CHECK(codec::is_utf8(rest.substr(0, rest.find("\r\n"))));
}

TEST_CASE("RFC 6868: names in parameters keep their quotes") {
    auto event = meeting();
    event.organizer.name = "Ann \"A\" ^; B: C";
    CHECK(unfolded_calendar(calendar(event)).find("ORGANIZER;CN=\"Ann ^'A^' ^^; B: C\":mailto:") != std::string::npos);
}

TEST_CASE("an address that no URI could hold is escaped") {
    auto event = meeting();
    event.attendees = {{{"", "\"a b\"@example.net"}}, {{"", "50%off&more@example.net"}}};
    auto const text = unfolded_calendar(calendar(event));
    CHECK(text.find(":mailto:%22a%20b%22@example.net\r\n") != text.npos);
    CHECK(text.find(":mailto:50%25off%26more@example.net\r\n") != text.npos);
}

TEST_CASE("a cancellation and an answer say what they are") {
    auto event = meeting();
    event.sequence = 1;
    event.reminder = 5min;
    auto const cancelled = calendar(event, calendar_method::cancel);
    CHECK(has_line(cancelled, "METHOD:CANCEL"));
    CHECK(has_line(cancelled, "STATUS:CANCELLED"));
    CHECK(has_line(cancelled, "SEQUENCE:1"));
    CHECK(cancelled.find("VALARM") == cancelled.npos);

    event.attendees = {{{"", "bob@example.net"}, mime::attendee_role::required, mime::participation::accepted}};
    auto const answer = unfolded_calendar(calendar(event, calendar_method::reply));
    CHECK(has_line(answer, "METHOD:REPLY"));
    CHECK(answer.find("PARTSTAT=ACCEPTED:mailto:bob@example.net") != answer.npos);
    CHECK(answer.find("STATUS:") == answer.npos);
}

TEST_CASE("an event that makes no sense is refused") {
    auto const broken = [](auto&& change) {
        auto event = meeting();
        change(event);
        return event;
    };
    auto const bad = mime::errc::bad_field_body;
    check_refused(broken([](auto& e) { e.uid.clear(); }), bad);
    check_refused(broken([](auto& e) { e.sequence = -1; }), bad);
    check_refused(broken([](auto& e) { e.end = e.start; }), bad);
    check_refused(broken([](auto& e) { e.end = 2026y / 11 / 21; }), bad);
    check_refused(broken([](auto& e) { e.start = 2026y / 2 / 30, e.end.reset(); }), bad);
    check_refused(broken([](auto& e) {
                      e.start = mime::local_moment{local_days(2026y / 1 / 1), "X"}, e.end.reset();
                  }),
                  bad);
    check_refused(broken([](auto& e) { e.recurrence = "every day"; }), bad);
    check_refused(broken([](auto& e) { e.recurrence = "FREQ=DAILY\r\nATTENDEE:x"; }), bad);
    check_refused(broken([](auto& e) { e.reminder = -5min; }), bad);
    check_refused(broken([](auto& e) { e.organizer = {}; }), mime::errc::missing_sender);
    check_refused(broken([](auto& e) { e.attendees.clear(); }), mime::errc::no_recipient);
    check_refused(meeting(), mime::errc::no_recipient, calendar_method::reply);
    check_refused(broken([](auto& e) { e.attendees[0].who.address = "nobody"; }), mime::errc::bad_address);
}

TEST_CASE("hazard 122: no value becomes a line of its own") {
    auto const control = mime::errc::control_character;
    auto event = meeting();
    event.uid = "x\r\nATTENDEE:y";
    CHECK(unfolded_calendar(calendar(event)).find("UID:x\\nATTENDEE:y\r\n") != std::string::npos);
    event = meeting();
    event.summary = "a\rb\x1b";
    check_refused(event, control);
    event = meeting();
    event.organizer.name = "a\nb";
    check_refused(event, control);
    event = meeting();
    event.zones = {mime::fixed_zone("X\r\nY:z", 0s)};
    check_refused(event, control);
    event = meeting();
    event.location = "caf\xe9";
    check_refused(event, mime::errc::unencodable);
}

TEST_CASE("an invitation is the last alternative and a file") {
    mime::message mail;
    mail.html("<p>Come!</p>").text("Come!\n").attach_data("agenda.pdf", "pdf");
    mime::add_invite(mail, meeting(), calendar_method::request, fixed_host());
    CHECK(mail["From"] == "Ann <ann@example.com>");
    CHECK(mail["To"] == "Bob <bob@example.net>, carol@example.net");
    CHECK(mail["Subject"] == "Invitation: Plan");
    auto const octets = rendered(mail);
    CHECK(types_of(octets) ==
          "multipart/mixed multipart/alternative text/plain text/html text/calendar application/pdf application/ics ");
    CHECK(octets.find("Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n") != octets.npos);
    CHECK(octets.find("Content-Disposition: attachment; filename=invite.ics\r\n") != octets.npos);
    auto const read = mime::parse(octets);
    CHECK(read.part(4).text().text == calendar(meeting()));
    CHECK(read.part(6).content().octets() == calendar(meeting()));
}

TEST_CASE("pictures stay with the HTML of an invitation") {
    mime::message mail;
    mail.html("<img src=cid:a>").inline_data("a", "x", "image/png");
    mime::add_invite(mail, meeting());
    CHECK(types_of(rendered(mail)) ==
          "multipart/mixed multipart/alternative text/plain multipart/related text/html image/png text/calendar "
          "application/ics ");
}

TEST_CASE("without a text the event is described") {
    auto event = meeting();
    event.location = "Room 1";
    event.start = 2026y / 12 / 24;
    event.end = 2026y / 12 / 27;
    mime::message mail;
    mail.from("boss@example.com").subject("Holidays");
    mime::add_invite(mail, event);
    CHECK(mail["From"] == "boss@example.com");
    CHECK(mail["Subject"] == "Holidays");
    auto const octets = rendered(mail);
    CHECK(mime::parse(octets).part(2).text().text ==
          "Invitation: Plan\r\n\r\nWhen: 2026-12-24 - 2026-12-26\r\nWhere: Room 1\r\nOrganizer: Ann\r\n");
}

TEST_CASE("an answer goes from the attendee to the organizer") {
    auto event = meeting();
    event.attendees = {{{"Bob", "bob@example.net"}, mime::attendee_role::required, mime::participation::declined}};
    mime::message mail;
    mime::add_invite(mail, event, calendar_method::reply);
    CHECK(mail["From"] == "Bob <bob@example.net>");
    CHECK(mail["To"] == "Ann <ann@example.com>");
    CHECK(mail["Subject"] == "Declined: Plan");
}

TEST_CASE("a message with a structure of its own takes no invitation") {
    auto mail = mime::multipart("mixed");
    CHECK(thrown([&] { mime::add_invite(mail, meeting()); }) == mime::errc::rejected);
    auto untouched = minimal();
    auto broken = meeting();
    broken.uid.clear();
    CHECK(thrown([&] { mime::add_invite(untouched, broken); }) == mime::errc::bad_field_body);
    CHECK_FALSE(untouched.contains("Subject"));
}
