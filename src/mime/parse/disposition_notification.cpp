#include <postrider/mime/disposition_notification.hpp>

#include <algorithm>

#include "blanks.hpp"
#include "find_part.hpp"
#include "without_angles.hpp"

namespace postrider::mime {
namespace {

/// Cuts from `text` what stands before the first `end`, and that.
std::string_view take_until(std::string_view& text, char end) noexcept {
    std::size_t const at = std::min(text.find(end), text.size());
    std::string_view const taken = trim(text.substr(0, at));
    text.remove_prefix(std::min(at + 1, text.size()));
    return taken;
}

}  // namespace

std::string disposition_notification::original_message_id() const {
    return without_angles(value("Original-Message-ID"));
}

std::optional<message_disposition> disposition_notification::disposition() const {
    if (!find("Disposition")) return std::nullopt;
    std::string const written = token("Disposition");
    std::string_view rest = written;
    std::string_view mode = take_until(rest, ';');
    message_disposition read;
    read.action_mode = take_until(mode, '/');
    read.sending_mode = trim(mode);
    read.type = take_until(rest, '/');
    while (!rest.empty())
        if (auto const modifier = take_until(rest, ','); !modifier.empty()) read.modifiers.emplace_back(modifier);
    return read;
}

disposition_notification parse_disposition_notification(std::string_view content) {
    return {take_field_group(content)};
}

std::optional<disposition_notification> disposition_notification_of(parsed_part const& part) {
    std::string const type = part.content_type();
    if (type != "message/disposition-notification" && type != "message/global-disposition-notification")
        return std::nullopt;
    return parse_disposition_notification(part.content().octets());
}

std::optional<disposition_notification> disposition_notification_of(parsed_message const& message) {
    return of_first_part(message, [](parsed_part const& part) { return disposition_notification_of(part); });
}

}  // namespace postrider::mime
