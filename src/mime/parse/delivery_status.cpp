#include <postrider/mime/delivery_status.hpp>

#include <charconv>
#include <postrider/core/limits.hpp>

#include "blanks.hpp"
#include "find_part.hpp"

namespace postrider::mime {
namespace {

bool take_number(std::string_view& text, std::uint16_t& number) noexcept {
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end - text.data() > 3) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

bool take_dot(std::string_view& text) noexcept {
    if (!text.starts_with('.')) return false;
    text.remove_prefix(1);
    return true;
}

bool names_recipient(field_group const& group) noexcept {
    return group.find("Final-Recipient") || group.find("Original-Recipient");
}

}  // namespace

std::optional<status_code> parse_status_code(std::string_view text) noexcept {
    status_code code;
    text = trim_front(text);
    bool const three = take_number(text, code.category) && take_dot(text) && take_number(text, code.subject) &&
                       take_dot(text) && take_number(text, code.detail);
    if (!three || (code.category != 2 && code.category != 4 && code.category != 5)) return std::nullopt;
    return code;
}

std::optional<status_code> per_recipient_fields::status() const {
    std::string const* const written = find("Status");
    return written ? parse_status_code(*written) : std::nullopt;
}

delivery_status parse_delivery_status(std::string_view content) {
    delivery_status status;
    bool first = true;
    for (std::size_t listed = 0; !content.empty() && listed < limits::header_fields;) {
        field_group group = take_field_group(content);
        if (group.fields.empty()) continue;
        listed += group.fields.size();
        if (first) status.per_message = {group};
        if (!first || names_recipient(group)) status.per_recipient.push_back({std::move(group)});
        first = false;
    }
    return status;
}

std::optional<delivery_status> delivery_status_of(parsed_part const& part) {
    std::string const type = part.content_type();
    if (type != "message/delivery-status" && type != "message/global-delivery-status") return std::nullopt;
    return parse_delivery_status(part.content().octets());
}

std::optional<delivery_status> delivery_status_of(parsed_message const& message) {
    return of_first_part(message, [](parsed_part const& part) { return delivery_status_of(part); });
}

}  // namespace postrider::mime
