#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/list_fields.hpp>

#include "letter.hpp"
#include "words.hpp"

/// What receivers ask of those who send to many.
namespace postrider::lint {
namespace {

constexpr std::size_t many_recipients = 20;

std::string value_of(letter const& mail, std::string_view name) {
    auto const field = mail.field(name);
    return field ? std::string(trimmed(mime::unfold(field->body))) : std::string();
}

/// Whether one signature covers both fields of one-click unsubscription.                              RFC 8058 §4
bool is_click_signed(letter const& mail) {
    return std::any_of(mail.signatures.begin(), mail.signatures.end(), [](signature_field const& one) {
        auto const& names = one.says.signed_fields;
        auto const covers = [&](std::string_view wanted) {
            return std::any_of(names.begin(), names.end(),
                               [&](auto const& name) { return ascii::equal_without_case(name, wanted); });
        };
        return covers("List-Unsubscribe") && covers("List-Unsubscribe-Post");
    });
}

void check_unsubscribing(letter const& mail, findings& found) {
    auto const field = mail.field("List-Unsubscribe");
    found.judge("bulk-unsubscribe", field.has_value());
    if (!field) return;
    auto const value = value_of(mail, "List-Unsubscribe"), post = value_of(mail, "List-Unsubscribe-Post");
    auto const read = mime::parse_list_uris(value);
    auto const here = in_header(*field);
    found.judge("bulk-unsubscribe-form", read.defects.empty() && !read.uris.empty(), {{"value", value}}, here);
    bool const https = std::any_of(read.uris.begin(), read.uris.end(), [](std::string const& uri) {
        return ascii::equal_without_case(std::string_view(uri).substr(0, 8), "https://");
    });
    found.judge("bulk-unsubscribe-https", https, {}, here);
    bool const one_click = mime::one_click_unsubscribe(value, post).has_value();
    found.judge("bulk-one-click", one_click, {}, here);
    if (one_click && !mail.signatures.empty()) found.judge("bulk-one-click-signed", is_click_signed(mail), {}, here);
}

/// Four names between colons, the last of which says who sends: 5 to 15 characters.
bool is_feedback_id(std::string_view value) {
    auto const last = value.rfind(':');
    if (std::count(value.begin(), value.end(), ':') > 3 || last == value.npos) return false;
    auto const sender = trimmed(value.substr(last + 1));
    return sender.size() >= 5 && sender.size() <= 15;
}

void check_names(letter const& mail, findings& found) {
    auto const id = mail.field("List-Id");
    bool const sound = id && mime::parse_list_id(id->body).defects.empty() && !mime::parse_list_id(id->body).id.empty();
    found.judge("bulk-list-id", sound, {}, id ? in_header(*id) : place());
    found.judge("bulk-precedence", id || mail.field("Precedence") || mail.field("Auto-Submitted"));
    auto const feedback = mail.field("Feedback-ID");
    found.judge("bulk-feedback-id", is_feedback_id(value_of(mail, "Feedback-ID")), {},
                feedback ? in_header(*feedback) : place());
}

bool is_signed_by_author(letter const& mail) {
    auto const author = organisational_domain(mail.author_domain());
    return std::any_of(mail.signatures.begin(), mail.signatures.end(),
                       [&](signature_field const& one) { return organisational_domain(one.says.domain) == author; });
}

void check_recipients(letter const& mail, findings& found) {
    std::size_t shown = 0;
    for (std::string_view name : {"To", "Cc"})
        if (auto const field = mail.field(name))
            shown += mime::mailboxes(mime::parse_address_field(field->body).entries).size();
    found.judge("bulk-recipients", shown <= many_recipients, {{"recipients", shown}});
}

}  // namespace

void check_bulk(letter const& mail, findings& found) {
    check_recipients(mail, found);
    if (!mail.is_bulk) return;
    check_unsubscribing(mail, found);
    check_names(mail, found);
    found.judge("bulk-authenticated", is_signed_by_author(mail));
}

}  // namespace postrider::lint
