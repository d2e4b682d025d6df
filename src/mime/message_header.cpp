#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/message.hpp>

#include "characters.hpp"
#include "checks.hpp"
#include "field_kind.hpp"
#include "tree/parsed_field.hpp"

namespace postrider::mime {
namespace {

constexpr std::size_t usual_fields = 7;  // they take a kilobyte

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

field_body parameterized_body(std::string_view name, std::string_view value) {
    auto body = parse_parameterized(value);
    if (body) return std::move(*body);
    auto code = static_cast<errc>(body.error().value());
    throw error(code, std::string(name) + ": " + shown(value) + ": " + body.error().message());
}

field_body body_of(std::string_view name, std::string_view value) {
    switch (kind_of(name).form) {
        case field_form::addresses: return address_list(value).entries();
        case field_form::parameterized: return parameterized_body(name, value);
        case field_form::tokens: check_tokens(name, trimmed(value)); return std::string(trimmed(value));
        case field_form::text: break;
    }
    check_text(name, value);
    return std::string(value);
}

bool is_multipart_type(field const& one) noexcept {
    auto const* body = std::get_if<parameterized>(&one.body);
    return body && ascii::equal_without_case(one.name, "Content-Type") &&
           starts_without_case(body->value, "multipart/");
}

}  // namespace

std::vector<field>& message::own_fields() {
    if (has_parsed_header_) fields_ = parsed_fields();
    has_parsed_header_ = false;
    return fields_;
}

field const* message::find(std::string_view name) const {
    for (auto const& one : fields())
        if (ascii::equal_without_case(one.name, name)) return &one;
    return nullptr;
}

field* message::find_own(std::string_view name) {
    own_fields();
    return const_cast<field*>(find(name));
}

void message::set_field(field one) {
    if (auto* standing = find_own(one.name)) {
        standing->body = std::move(one.body);
        standing->is_changed = one.raw.octets.empty();
        if (!standing->is_changed) standing->raw = std::move(one.raw);
    } else {
        add_field(std::move(one));
    }
}

void message::add_field(field one) {
    auto& all = own_fields();
    if (all.empty()) all.reserve(usual_fields);
    all.push_back(std::move(one));
}

// To say that a message is a multipart makes it one; what was attached so far becomes its parts.
void message::become_multipart() {
    multipart_content parts;
    for (auto* slot : {&inline_parts_, &attachments_}) {
        std::move(slot->begin(), slot->end(), std::back_inserter(parts.parts));
        slot->clear();
    }
    content_ = std::move(parts);
}

void message::put(field one) {
    if (is_multipart_type(one) && std::holds_alternative<std::monostate>(content_)) become_multipart();
    if (is_content_field(one.name) || ascii::equal_without_case(one.name, "MIME-Version"))
        return set_field(std::move(one));
    if (kind_of(one.name).unique && contains(one.name))
        throw error(errc::duplicate_field, "a message has one " + one.name + "; replace_header changes it");
    add_field(std::move(one));
}

message& message::header(std::string_view name, std::string_view value) {
    check_field_name(name);
    put({std::string(name), body_of(name, value)});
    return *this;
}

message& message::add_header(std::string_view name, std::string_view value,
                             std::initializer_list<parameter> parameters) {
    return add_header(name, value, std::vector<parameter>(parameters));
}

message& message::add_header(std::string_view name, std::string_view value, std::vector<parameter> parameters) {
    if (parameters.empty()) return header(name, value);
    check_field_name(name);
    auto form = kind_of(name).form;
    if (form == field_form::addresses || form == field_form::tokens)
        throw error(errc::bad_field_body, std::string(name) + " takes no parameters");
    check_parameters(name, parameters);
    auto body = std::get<parameterized>(parameterized_body(name, value));
    std::move(parameters.begin(), parameters.end(), std::back_inserter(body.parameters));
    put({std::string(name), std::move(body)});
    return *this;
}

message& message::replace_header(std::string_view name, std::string_view value) {
    check_field_name(name);
    set_field({std::string(name), body_of(name, value)});
    return *this;
}

message& message::del(std::string_view name) {
    if (contains(name))
        std::erase_if(own_fields(), [name](field const& one) { return ascii::equal_without_case(one.name, name); });
    return *this;
}

std::optional<std::string> message::get(std::string_view name) const {
    auto const* one = find(name);
    return one ? std::optional(text_of(*one)) : std::nullopt;
}

std::vector<std::string> message::get_all(std::string_view name) const {
    std::vector<std::string> all;
    for (auto const& one : fields())
        if (ascii::equal_without_case(one.name, name)) all.push_back(text_of(one));
    return all;
}

bool message::contains(std::string_view name) const {
    return find(name) != nullptr;
}

std::string message::operator[](std::string_view name) const {
    return get(name).value_or(std::string());
}

std::vector<mailbox> message::addresses(std::string_view name) const {
    auto const* one = find(name);
    auto const* entries = one ? std::get_if<std::vector<address_entry>>(&one->body) : nullptr;
    return entries ? mailboxes(*entries) : std::vector<mailbox>();
}

}  // namespace postrider::mime
