#include <postrider/codec/charset.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/address.hpp>
#include <postrider/mime/address_field.hpp>

#include <ostream>

#include "characters.hpp"
#include "phrase.hpp"

namespace postrider::mime {
namespace {

[[noreturn]] void refuse(std::error_code why, std::string_view what, std::string_view text) {
    auto code = why.category() == category() ? static_cast<errc>(why.value()) : errc::bad_address;
    // A control character would make the message itself hard to read, or worse.
    std::string shown;
    for (char c : text.substr(0, 200)) shown += is_control(c) ? '?' : c;
    throw error(code, std::string(what) + " \"" + shown + "\": " + why.message());
}

void check_name(std::string_view name) {
    auto octets = look_at(name);
    if (octets.control) refuse(errc::control_character, "the name", name);
    if (octets.beyond_ascii && !codec::is_utf8(name)) refuse(errc::unencodable, "the name is not UTF-8:", name);
}

// An address cannot be folded, so it has to fit on a line.
void check_length(mailbox const& one) {
    if (one.address.size() > limits::line_octets - 4) refuse(errc::bad_address, "longer than a line:", one.address);
}

void check(mailbox const& one) {
    check_name(one.name);
    check_length(one);
    if (auto spec = parse_addr_spec(one.address); !spec) refuse(spec.error(), "the address", one.address);
}

address_entry entry_of(mailbox one) {
    check(one);
    address_entry entry;
    entry.mailboxes.push_back(std::move(one));
    return entry;
}

// One line: what stands here may go into a field that is folded later.
std::string without_folds(std::string text) {
    std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
    return text;
}

std::size_t at_sign(std::string_view address) noexcept {
    auto at = address.rfind('@');
    return at == address.npos ? address.size() : at;
}

}  // namespace

std::string_view mailbox::local_part() const noexcept {
    return std::string_view(address).substr(0, at_sign(address));
}

std::string_view mailbox::domain() const noexcept {
    auto at = at_sign(address);
    return std::string_view(address).substr(at == address.size() ? at : at + 1);
}

address_list::address_list(parsed, std::string_view list) {
    auto entries = parse_address_list(list);
    if (!entries) refuse(entries.error(), "the address", list);
    entries_ = std::move(*entries);
    for (auto const& entry : entries_)
        for (auto const& one : entry.mailboxes) check_length(one);
}

address_list::address_list(mailbox one) {
    entries_.push_back(entry_of(std::move(one)));
}

address_list::address_list(group one) {
    check_name(one.name);
    if (one.name.empty()) refuse(errc::bad_address, "a group needs a name:", one.name);
    for (auto const& member : one.members) check(member);
    entries_.push_back({true, std::move(one.name), std::move(one.members)});
}

address_list::address_list(std::vector<mailbox> const& many) {
    for (auto const& one : many) entries_.push_back(entry_of(one));
}

address_list::address_list(std::initializer_list<mailbox> many) {
    for (auto const& one : many) entries_.push_back(entry_of(one));
}

address_list::address_list(std::initializer_list<std::string_view> many) {
    for (auto text : many)
        for (auto& entry : address_list(text).entries_) entries_.push_back(std::move(entry));
}

address_list::address_list(std::vector<address_entry> entries) : entries_(std::move(entries)) {
    for (auto const& entry : entries_) {
        check_name(entry.name);
        for (auto const& one : entry.mailboxes) check(one);
    }
}

std::vector<mailbox> mailboxes(std::vector<address_entry> const& entries) {
    std::vector<mailbox> all;
    for (auto const& entry : entries) all.insert(all.end(), entry.mailboxes.begin(), entry.mailboxes.end());
    return all;
}

std::string to_string(mailbox const& one) {
    return formataddr({one.name, one.address});
}

std::ostream& operator<<(std::ostream& out, mailbox const& one) {
    return out << to_string(one);
}

std::string formataddr(std::pair<std::string, std::string> const& name_and_address, std::string_view charset) {
    auto const& [name, address] = name_and_address;
    check_name(name);
    check_name(address);
    if (name.empty()) return address;
    std::string text;
    std::size_t column = 0;
    append_phrase(text, column, name, form_of(name), {.charset = charset});
    return without_folds(std::move(text)) + " <" + address + ">";
}

std::string to_string(group const& one) {
    check_name(one.name);
    std::string text;
    std::size_t column = 0;
    append_phrase(text, column, one.name, form_of(one.name));
    text = without_folds(std::move(text)) + ": ";
    for (auto const& member : one.members) {
        if (&member != one.members.data()) text += ", ";
        text += to_string(member);
    }
    return text + ';';
}

std::pair<std::string, std::string> parseaddr(std::string_view text, bool strict) {
    if (strict) {
        auto one = parse_mailbox(text);
        if (!one) return {};
        return {std::move(one->name), std::move(one->address)};
    }
    auto const all = mailboxes(parse_address_field(text).entries);
    if (all.empty()) return {};
    return {all.front().name, all.front().address};
}

std::vector<std::pair<std::string, std::string>> getaddresses(std::vector<std::string> const& fields, bool strict) {
    std::vector<std::pair<std::string, std::string>> all;
    for (auto const& text : fields) {
        auto list = strict ? parse_address_list(text) : parse_address_field(text).entries;
        if (!list) return {{"", ""}};
        for (auto& entry : *list)
            for (auto& one : entry.mailboxes) all.emplace_back(std::move(one.name), std::move(one.address));
    }
    return all;
}

}  // namespace postrider::mime
