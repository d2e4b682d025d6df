#include "envelope_template.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/error.hpp>

namespace postrider::mime::merge {
namespace {

std::vector<mailbox_template> templates_of(message const& mail, char const* name, column_names const& columns) {
    std::vector<mailbox_template> all;
    auto const* one = mail.find(name);
    auto const* entries = one ? std::get_if<std::vector<address_entry>>(&one->body) : nullptr;
    if (!entries) return all;
    for (auto& entry : address_templates(*entries, name, &columns))
        for (auto& member : entry.mailboxes) all.push_back(std::move(member));
    return all;
}

// Domains know no case; local-parts may: as envelope_of has it.
bool is_same(std::string_view a, std::string_view b) noexcept {
    auto const at = a.rfind('@');
    return a.size() == b.size() && a.substr(0, at) == b.substr(0, at) &&
           ascii::equal_without_case(a.substr(at), b.substr(at));
}

}  // namespace

envelope_template::envelope_template(message const& mail, column_names const& columns) {
    auto originators = templates_of(mail, "Sender", columns);
    if (originators.empty()) originators = templates_of(mail, "From", columns);
    if (originators.empty()) throw error(errc::missing_sender, "the message has neither Sender nor From");
    originator_ = std::move(originators.front());
    for (auto const* name : {"To", "Cc", "Bcc"})
        for (auto& one : templates_of(mail, name, columns)) recipients_.push_back(std::move(one));
    if (recipients_.empty()) throw error(errc::no_recipient, "the message has neither To, Cc nor Bcc");
}

// Into the strings that are there, which may have room.
void envelope_template::fill(mail_envelope& filled, row_values& values) const {
    originator_.fill_address(filled.reverse_path, values);
    auto& paths = filled.forward_paths;
    paths.resize(recipients_.size());
    auto end = paths.begin();
    for (auto const& one : recipients_) {
        one.fill_address(*end, values);
        if (values.failed()) break;
        bool const is_new = std::none_of(paths.begin(), end, [&](auto const& known) { return is_same(known, *end); });
        if (is_new) ++end;
    }
    paths.erase(end, paths.end());
}

}  // namespace postrider::mime::merge
