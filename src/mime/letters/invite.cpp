#include <postrider/mime/error.hpp>
#include <postrider/mime/invite.hpp>
#include <postrider/mime/kinds.hpp>

#include "event_text.hpp"

namespace postrider::mime {
namespace {

char const* told(calendar_event const& event, calendar_method method) noexcept {
    if (method == calendar_method::request) return event.sequence == 0 ? "Invitation" : "Updated invitation";
    if (method == calendar_method::cancel) return "Cancelled";
    switch (event.attendees.front().status) {
        case participation::accepted: return "Accepted";
        case participation::declined: return "Declined";
        case participation::tentative: return "Tentative";
        case participation::needs_action: break;
    }
    return "No answer yet";
}

message leaf(std::string_view type, text_content text) {
    message part;
    part.set_field({"Content-Type", parameterized{std::string(type), {}}});
    part.set_body(std::move(text));
    return part;
}

message calendar_part(std::string const& calendar, calendar_method method) {
    auto part = leaf("text/calendar", make_text(calendar, "utf-8"));
    part.add_header("Content-Type", "text/calendar", {{"method", std::string(to_string(method))}});
    return part;
}

message html_part(message const& mail) {
    auto html = leaf("text/html", *mail.html_body());
    if (mail.inline_parts().empty()) return html;
    auto related = multipart("related", {std::move(html)}, {{"type", "text/html"}});
    for (auto const& part : mail.inline_parts()) related.attach(part);
    return related;
}

void supply_header(message& mail, calendar_event const& event, calendar_method method) {
    bool const reply = method == calendar_method::reply;
    std::vector<mailbox> attendees;
    for (auto const& one : event.attendees) attendees.push_back(one.who);
    if (!mail.contains("From")) mail.from(reply ? event.attendees.front().who : event.organizer);
    if (!mail.contains("To")) mail.to(reply ? std::vector<mailbox>{event.organizer} : attendees);
    if (!mail.contains("Subject")) mail.subject(told(event, method) + (": " + event.summary));
}

}  // namespace

message& add_invite(message& mail, calendar_event const& event, calendar_method method, host const& from) {
    if (!std::holds_alternative<std::monostate>(mail.body()))
        throw error(errc::rejected, "add_invite: this message has its structure already");
    auto const calendar = to_icalendar(event, method, from);
    supply_header(mail, event, method);

    auto text = mail.text_body() ? *mail.text_body() : make_text(describe(event, told(event, method)));
    auto alternative = multipart("alternative", {leaf("text/plain", std::move(text))});
    if (mail.html_body()) alternative.attach(html_part(mail));
    alternative.attach(calendar_part(calendar, method));

    message::multipart_content all{{std::move(alternative)}};
    if (!mail.html_body()) all.parts.insert(all.parts.end(), mail.inline_parts().begin(), mail.inline_parts().end());
    all.parts.insert(all.parts.end(), mail.attachments().begin(), mail.attachments().end());
    message file;
    file.attach_data("invite.ics", calendar, "application/ics; name=invite.ics");
    all.parts.push_back(file.attachments().front());

    mail.settle();  // what the front door held stands in `all` now
    mail.set_field({"Content-Type", parameterized{"multipart/mixed", {}}});
    mail.set_body(std::move(all));
    return mail;
}

}  // namespace postrider::mime
