#include "imported.hpp"

#include <algorithm>
#include <postrider/mime/address.hpp>
#include <postrider/mime/parse.hpp>
#include <utility>

#include "message_view.hpp"

namespace postrider::devserver {
namespace {

std::vector<std::string> addresses_in(mime::header_view fields, std::string_view name) {
    std::vector<std::string> found;
    for (auto const& field : fields) {
        if (!mime::same_name(field.name, name)) continue;
        auto const list = mime::parse_address_list(mime::unfold(field.body));
        if (!list) continue;
        for (auto& who : mime::mailboxes(*list)) found.push_back(std::move(who.address));
    }
    return found;
}

// "<>" is no address, and says that there is no sender.
std::string sender_in(mime::header_view fields) {
    if (fields.find("Return-Path") != fields.end()) {
        auto const path = addresses_in(fields, "Return-Path");
        return path.empty() ? std::string() : path.front();
    }
    for (char const* name : {"Sender", "From"})
        if (auto const people = addresses_in(fields, name); !people.empty()) return people.front();
    return {};
}

std::vector<std::string> recipients_in(mime::header_view fields) {
    std::vector<std::string> all;
    for (char const* name : {"To", "Cc", "Bcc"})
        for (auto& address : addresses_in(fields, name))
            if (std::find(all.begin(), all.end(), address) == all.end()) all.push_back(std::move(address));
    return all;
}

/// A message kept as Unix keeps text has the line ends that it had on its way here, and no mbox's From_ line.
std::string as_received(std::string octets) {
    if (octets.starts_with("From ")) octets.erase(0, octets.find('\n') + 1);
    if (octets.find("\r\n") != octets.npos) return octets;
    std::string with_crlf;
    with_crlf.reserve(octets.size() + octets.size() / 40);
    for (char c : octets) {
        if (c == '\n') with_crlf += '\r';
        with_crlf += c;
    }
    return with_crlf;
}

}  // namespace

new_message imported_message(std::string octets) {
    octets = as_received(std::move(octets));
    new_message fresh;
    auto const message = mime::parse(header_section(octets));
    fresh.from = sender_in(message.root().fields());
    fresh.to = recipients_in(message.root().fields());
    fresh.size = octets.size();
    fresh.octets = std::move(octets);
    return fresh;
}

}  // namespace postrider::devserver
