#include "original.hpp"

#include <algorithm>
#include <postrider/codec/date.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/address_field.hpp>
#include <postrider/mime/date_field.hpp>
#include <postrider/mime/msg_id.hpp>

namespace postrider::mime {
namespace {

// A thread goes on for years: what stays of it is its root and its nearest ancestors, as RFC 5537 §3.4.4 has it.
constexpr std::size_t most_ancestors = 20;

// An identifier cannot be folded; longer ones have no place on a line with the field's name.
constexpr std::size_t longest_id = 800;

bool is_visible_ascii(char c) noexcept {
    return c > ' ' && c < 0x7F && c != '<' && c != '>';
}

std::vector<std::string> ids_of(parsed_part const& message, std::string_view field_name) {
    auto const fields = message.fields();
    auto const found = fields.find(field_name);
    if (found == fields.end()) return {};
    auto ids = parse_msg_ids(found->body).ids;
    std::erase_if(ids, [](std::string const& id) {
        return id.empty() || id.size() > longest_id || !std::all_of(id.begin(), id.end(), is_visible_ascii);
    });
    return ids;
}

}  // namespace

std::vector<mailbox> mailboxes_of(parsed_part const& message, std::string_view field_name) {
    std::vector<mailbox> all;
    for (auto const& field : message.fields()) {
        if (!same_name(field.name, field_name)) continue;
        for (auto& entry : parse_address_field(field.body).entries)
            for (auto& one : entry.mailboxes)
                if (one.address.size() <= limits::line_octets - 4) all.push_back(std::move(one));
    }
    return all;
}

std::string line_of(parsed_part const& message, std::string_view field_name) {
    return message.value(field_name).value_or(std::string());
}

std::string date_of(parsed_part const& message) {
    auto const fields = message.fields();
    auto const found = fields.find("Date");
    if (found == fields.end()) return {};
    auto const date = parse_date_field(found->body).value;
    return date ? codec::format_date(date->when, date->utc_offset) : std::string();
}

void continue_thread(message& answer, parsed_part const& of) {
    auto const own = ids_of(of, "Message-ID");
    if (own.empty()) return;
    auto ancestors = ids_of(of, "References");
    if (ancestors.empty()) ancestors = ids_of(of, "In-Reply-To");
    std::erase(ancestors, own.front());
    if (ancestors.size() > most_ancestors)
        ancestors.erase(ancestors.begin() + 1, ancestors.end() - (most_ancestors - 1));
    ancestors.push_back(own.front());
    std::string references;
    for (auto const& id : ancestors) references.append(references.empty() ? "<" : " <").append(id).append(">");
    answer.header("In-Reply-To", '<' + own.front() + '>').header("References", references);
}

}  // namespace postrider::mime
