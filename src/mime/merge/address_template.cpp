#include "address_template.hpp"

#include <algorithm>
#include <postrider/core/limits.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/merge.hpp>

#include "../characters.hpp"
#include "../checks.hpp"
#include "../values/plain_mailbox.hpp"

namespace postrider::mime::merge {
namespace {

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// Where an address ends in a list: at a comma outside quotes, angle brackets and holes.
std::size_t end_of_member(std::string_view list) noexcept {
    bool quoted = false, angled = false;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (auto const hole = list.substr(i); !quoted && hole.starts_with("{{")) {
            i += std::min(hole.find("}}"), hole.size() - 1);
        } else if (quoted && list[i] == '\\') {
            ++i;
        } else if (list[i] == '"') {
            quoted = !quoted;
        } else if (!quoted && (list[i] == '<' || list[i] == '>')) {
            angled = list[i] == '<';
        } else if (!quoted && !angled && list[i] == ',') {
            return i;
        }
    }
    return list.size();
}

std::string unquoted(std::string_view name) {
    if (name.size() < 2 || name.front() != '"' || name.back() != '"') return std::string(name);
    std::string content;
    for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        if (name[i] == '\\' && i + 2 < name.size()) ++i;
        content += name[i];
    }
    return content;
}

/// A template's address with every hole filled has to be one: what it is filled with here is as good as any.
void check_address(std::string_view address) {
    auto const text = read_template(address, "an address", nullptr);
    bool const whole = std::ranges::none_of(text, [](auto const& segment) {
        auto const* literal = std::get_if<std::string>(&segment);
        return literal && literal->find('@') != literal->npos;
    });
    std::string sample;
    for (auto const& segment : text) {
        auto const* literal = std::get_if<std::string>(&segment);
        sample += literal ? *literal : whole && sample.empty() ? "x@x.example" : "x";
    }
    if (auto spec = parse_addr_spec(sample); !spec)
        throw error(errc::bad_address, "no address, whatever fills its holes: " + shown(address));
}

mailbox read_member(std::string_view member) {
    if (!member.ends_with('>')) return {"", std::string(member)};
    std::size_t const angle = member.rfind('<');
    if (angle == member.npos) throw error(errc::bad_address, "no address: " + shown(member));
    return {unquoted(trimmed(member.substr(0, angle))),
            std::string(trimmed(member.substr(angle + 1, member.size() - angle - 2)))};
}

}  // namespace

void mailbox_template::fill_address(std::string& room, row_values& values) const {
    room.clear();
    append_filled(room, address, values);
    auto const first_hole = std::ranges::find_if(address, &std::holds_alternative<hole, std::string, hole>);
    if (values.failed() || first_hole == address.end()) return;  // without one it was checked when it entered
    if (auto const spec = trimmed(room); spec.size() != room.size()) room = std::string(spec);
    auto const& where = std::get<hole>(*first_hole);
    bool const is_value = address.size() == 1;
    if (is_value && values.is_address(where)) return;
    bool const fits = room.size() <= limits::line_octets - 4;  // an address cannot be folded
    bool const is_plain = measure_plain_addr_spec(room) == room.size();
    if (!fits || !(is_plain || parse_addr_spec(room)))
        return values.fail(errc::bad_address, where, "makes no address: " + shown(room));
    if (is_value) values.remember_address(where);
}

bool any_template(std::vector<address_entry> const& entries) noexcept {
    return std::ranges::any_of(entries, [](address_entry const& entry) {
        return looks_like_template(entry.name) || std::ranges::any_of(entry.mailboxes, [](mailbox const& one) {
                   return looks_like_template(one.name) || looks_like_template(one.address);
               });
    });
}

std::vector<entry_template> address_templates(std::vector<address_entry> const& entries, std::string_view place,
                                              column_names const* columns) {
    std::vector<entry_template> all;
    for (auto const& entry : entries) {
        auto& made = all.emplace_back();
        made.is_group = entry.is_group;
        made.name = read_template(entry.name, place, columns);
        for (auto const& one : entry.mailboxes)
            made.mailboxes.push_back(
                {read_template(one.name, place, columns), read_template(one.address, place, columns)});
    }
    return all;
}

}  // namespace postrider::mime::merge

namespace postrider::mime {

std::vector<address_entry> merge_addresses(std::string_view list) {
    std::vector<address_entry> entries;
    check_text("a list of addresses", list);
    while (!list.empty()) {
        auto const end = merge::end_of_member(list);
        auto const member = merge::trimmed(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
        if (member.empty()) continue;
        auto& entry = entries.emplace_back();
        entry.mailboxes.push_back(merge::read_member(member));
        merge::check_address(entry.mailboxes.back().address);
    }
    return entries;
}

}  // namespace postrider::mime
