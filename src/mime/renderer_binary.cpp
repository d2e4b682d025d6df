#include <algorithm>

#include "renderer.hpp"

/// Attachments that leave as octets, for a server with BINARYMIME.                                          RFC 3030 §3
namespace postrider::mime {
namespace {

bool is_composed_octets(message const& leaf) {
    return std::holds_alternative<data_content>(leaf.body()) && !leaf.parsed_from() && !is_message_type(leaf) &&
           !leaf.find("Content-Transfer-Encoding");
}

bool has_boundary_of_its_own(message const& mail) {
    if (!mail.is_multipart() || std::holds_alternative<message::message_content>(mail.body())) return false;
    return mail.parsed_from() || mail.get_boundary() || mail.get_content_type() == "multipart/signed";
}

/// Whether one of what stands right below is as `wanted`.
template <class Predicate>
bool any_below(message const& mail, Predicate wanted) {
    if (auto const* inner = std::get_if<message::message_content>(&mail.body())) return wanted(*inner->enclosed);
    auto const* all = std::get_if<message::multipart_content>(&mail.body());
    for (auto const* parts : {all ? &all->parts : nullptr, &mail.inline_parts(), &mail.attachments()})
        if (parts && std::any_of(parts->begin(), parts->end(), wanted)) return true;
    return false;
}

/// A multipart whose boundary is not of our making could hold that very line in a file that nobody has searched, and
/// what is signed stays what it is.
bool may_hold_octets(message const& mail) {
    return !has_boundary_of_its_own(mail) && !any_below(mail, [](auto& part) { return !may_hold_octets(part); });
}

}  // namespace

bool holds_octets(message const& mail) {
    return is_composed_octets(mail) || any_below(mail, holds_octets);
}

bool can_travel_binary(message const& mail) {
    return holds_octets(mail) && may_hold_octets(mail);
}

bool renderer::goes_as_octets(message const& leaf) const {
    return is_binary_ && is_composed_octets(leaf);
}

// Nothing is added to a body alone: it ends where it ends. The boundaries behind others cannot be in them: each holds 128
// bits that were made for this message.
void renderer::write_octets(data_content const& data) {
    if (auto const* octets = std::get_if<shared_octets>(&data))
        rope_.append(wire::shared_piece{*octets, **octets});
    else
        rope_.append(wire::plain_piece{std::get<octet_source_ptr>(data)});
    if (open_multiparts_ > 0) out_ += "\r\n";
}

}  // namespace postrider::mime
