#include <postrider/codec/date.hpp>
#include <postrider/mime/message.hpp>

#include "characters.hpp"
#include "checks.hpp"

/// The front door of a message: who, what, when, and the body as text.
namespace postrider::mime {

message& message::set_addresses(char const* name, address_list&& list) {
    if (list.entries().empty()) return del(name);
    set_field({name, std::move(list).entries()});
    return *this;
}

message& message::add_addresses(char const* name, address_list&& list) {
    auto* standing = find_own(name);
    if (!standing && !list.entries().empty()) add_field({name, std::move(list).entries()});
    if (!standing) return *this;
    standing->is_changed = true;
    auto* entries = std::get_if<std::vector<address_entry>>(&standing->body);
    if (!entries) return set_addresses(name, std::move(list));  // what was parsed there are no addresses
    for (auto& entry : std::move(list).entries()) entries->push_back(std::move(entry));
    return *this;
}

message& message::from(address_list authors) {
    return set_addresses("From", std::move(authors));
}
message& message::reply_to(address_list addresses) {
    return set_addresses("Reply-To", std::move(addresses));
}
message& message::to(address_list recipients) {
    return add_addresses("To", std::move(recipients));
}
message& message::cc(address_list recipients) {
    return add_addresses("Cc", std::move(recipients));
}
message& message::bcc(address_list recipients) {
    return add_addresses("Bcc", std::move(recipients));
}

message& message::sender(address_list one) {
    if (one.entries().size() > 1 || (!one.entries().empty() && one.entries().front().is_group))
        throw error(errc::bad_address, "a message has one Sender, and it is no group");
    return set_addresses("Sender", std::move(one));
}

message& message::subject(std::string text) {
    check_text("the subject", text);
    set_field({"Subject", std::move(text)});
    return *this;
}

message& message::date(std::chrono::system_clock::time_point when) {
    return date(when, system_host().utc_offset(when));
}

message& message::date(std::chrono::system_clock::time_point when, std::chrono::seconds utc_offset) {
    set_field({"Date", codec::format_date(std::chrono::floor<std::chrono::seconds>(when), utc_offset)});
    return *this;
}

message& message::message_id(std::string id) {
    set_field({"Message-ID", bracketed_id("Message-ID", std::move(id))});
    return *this;
}

void message::need_no_leaf(char const* verb) const {
    if (std::holds_alternative<std::monostate>(content_) || is_multipart_content()) return;
    throw error(errc::rejected,
                std::string(verb) + ": this message has its content already (from a kind or set_payload)");
}

message& message::text(std::string plain, std::string_view charset) {
    need_no_leaf("text");
    text_ = make_text(std::move(plain), charset);
    return *this;
}

message& message::html(std::string markup, std::string_view charset) {
    need_no_leaf("html");
    html_ = make_text(std::move(markup), charset);
    return *this;
}

}  // namespace postrider::mime
