#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>

#include "letter.hpp"

/// The addresses of the header.                                                                     RFC 5322 §3.4
namespace postrider::lint {
namespace {

constexpr std::array<std::string_view, 6> fields{"From", "Sender", "Reply-To", "To", "Cc", "Bcc"};

/// An address that a name shows; empty where it shows none.
std::string_view address_in(std::string_view name) {
    auto const at = name.find('@');
    if (at == name.npos || at == 0 || at + 1 == name.size()) return {};
    constexpr std::string_view around = " \t\"'<>(),;:";
    auto const before = name.find_last_of(around, at);
    auto const begin = before == name.npos ? 0 : before + 1;
    auto const end = std::min(name.find_first_of(around, at), name.size());
    auto const address = name.substr(begin, end - begin);
    return begin < at && address.find('.', at - begin) != address.npos ? address : std::string_view();
}

bool is_local(std::string_view domain) {
    return !domain.starts_with('[') && (domain.find('.') == domain.npos || domain.ends_with(".localdomain"));
}

void check_mailbox(mime::field_view const& field, mime::mailbox const& one, findings& found) {
    std::vector<argument> const told{{"header", field.name}, {"address", one.address}, {"name", one.name}};
    auto const shows = address_in(one.name);
    bool const other = !shows.empty() && !ascii::equal_without_case(shows, one.address);
    found.judge("address-name", !other, told, in_header(field));
    found.judge("address-domain", !is_local(one.domain()), told, in_header(field));
}

void check_field(mime::field_view const& field, findings& found) {
    auto const read = mime::parse_address_field(field.body);
    found.made("address-form");
    for (auto const& bad : read.rejected)
        found.fault("address-form", {{"header", field.name}, {"address", bad}}, in_header(field));
    bool const repaired =
        std::find(read.defects.begin(), read.defects.end(), mime::defect_kind::invalid_address) != read.defects.end();
    if (repaired && read.rejected.empty())
        found.fault("address-form", {{"header", field.name}, {"address", mime::unfold(field.body)}}, in_header(field));
    for (auto const& one : mime::mailboxes(read.entries)) check_mailbox(field, one, found);
}

}  // namespace

void check_addresses(letter const& mail, findings& found) {
    for (auto const& field : mail.root.fields())
        if (std::any_of(fields.begin(), fields.end(), [&](auto name) { return mime::same_name(field.name, name); }))
            check_field(field, found);
}

}  // namespace postrider::lint
