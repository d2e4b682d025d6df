#include "letter.hpp"

#include <algorithm>
#include <postrider/codec/idna.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>

#include "words.hpp"

namespace postrider::lint {
namespace {

bool is_attachment(mime::parsed_part const& part) {
    return part.disposition() == "attachment";
}

/// By part: whether it is of a forwarded message, whose texts are not what this message says.
std::vector<bool> of_other_messages(std::vector<mime::parsed_part> const& parts) {
    std::vector<bool> inside(parts.size());
    for (auto const& part : parts)
        if (auto const up = part.parent())
            inside[part.index()] = inside[up->index()] || up->content_type().starts_with("message/");
    return inside;
}

bool says_bulk(letter const& mail) {
    if (mail.field("List-Id") || mail.field("List-Unsubscribe") || mail.field("Feedback-ID")) return true;
    auto const precedence = mail.field("Precedence");
    if (!precedence) return false;
    auto const value = ascii::lower(trimmed(mime::unfold(precedence->body)));
    return value == "bulk" || value == "list";
}

}  // namespace

letter::letter(subject const& message_given, outside const& calls_given, postrider::host const& clock)
    : given(message_given),
      calls(calls_given),
      host(clock),
      message(mime::parse(given.octets)),
      root(message.root()),
      body(mime::view_body(message)) {
    for (std::size_t i = 0; i < message.part_count(); ++i) parts.push_back(message.part(i));
    if (auto from = field("From")) authors = mime::mailboxes(mime::parse_address_field(from->body).entries);
    for (auto const& one : root.fields())
        if (mime::same_name(one.name, "DKIM-Signature") && signatures.size() < limits::dkim_signatures)
            signatures.push_back({dkim::parse_signature(one.body), one.offset});
    auto const inside_other = of_other_messages(parts);
    for (auto const& part : parts) {
        if (!part.is_text() || is_attachment(part) || inside_other[part.index()]) continue;
        auto const type = part.content_type();
        if (type == "text/plain") texts.push_back({part, part.text().text});
        if (type == "text/html" && htmls.size() < limits::lint_html_parts)
            htmls.push_back({part, part.text().text, {}});
    }
    for (auto& one : htmls) one.document = read_html(one.html);
    is_bulk = says_bulk(*this);
}

std::optional<mime::field_view> letter::field(std::string_view name) const {
    auto const fields = root.fields();
    auto const found = fields.find(name);
    return found == fields.end() ? std::nullopt : std::optional(*found);
}

std::string letter::author_domain() const {
    return authors.empty() ? std::string() : domain_of(authors.front().address);
}

std::string domain_of(std::string_view address) {
    auto const at = address.rfind('@');
    auto const domain = at == address.npos ? std::string_view() : address.substr(at + 1);
    auto const known = codec::domain_to_ascii(domain);
    return ascii::lower(known ? std::string_view(*known) : domain);
}

place in_header(mime::field_view const& field) {
    return {{}, std::string(field.name), {}, field.offset};
}

place in_part(mime::parsed_part const& part) {
    return {part.index(), {}, {}, part.range().begin};
}

place in_html(html_part const& part, std::size_t offset) {
    return {part.part.index(), {}, part.document.line_of(offset), {}};
}

}  // namespace postrider::lint
