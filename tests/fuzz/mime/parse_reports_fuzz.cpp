#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/codec/charset.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/delivery_status.hpp>
#include <postrider/mime/disposition_notification.hpp>
#include <postrider/mime/external_body.hpp>
#include <postrider/mime/feedback_report.hpp>
#include <postrider/mime/partial.hpp>
#include <postrider/mime/signed_content.hpp>

// Any octets are a report's content, and any message may be a fragment, elsewhere, signed or encoded: whatever is said
// of it is UTF-8, and what is opened ends.

using namespace postrider;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void require_shown(std::string_view text) {
    require(codec::is_utf8(text) && text.find_first_of("\r\n") == std::string_view::npos);
}

void require_shown(std::optional<mime::typed_value> const& value) {
    if (!value) return;
    require_shown(value->type);
    require_shown(value->value);
}

void check_status(std::string_view octets) {
    mime::delivery_status const status = mime::parse_delivery_status(octets);
    std::size_t fields = status.per_message.fields.size();
    require_shown(status.per_message.reporting_mta());
    (void)status.per_message.arrival_date();
    for (mime::per_recipient_fields const& recipient : status.per_recipient) {
        require_shown(recipient.final_recipient());
        require_shown(recipient.original_recipient());
        require_shown(recipient.diagnostic_code());
        require_shown(recipient.action());
        (void)recipient.status();
        fields += recipient.fields.size();
    }
    require(fields <= 3 * limits::header_fields);
}

void check_other_reports(std::string_view octets) {
    mime::disposition_notification const notification = mime::parse_disposition_notification(octets);
    require_shown(notification.original_message_id());
    if (auto const disposition = notification.disposition())
        for (std::string const& modifier : disposition->modifiers) require(!modifier.empty());
    mime::feedback_report const report = mime::parse_feedback_report(octets);
    for (std::string const& address : report.original_rcpt_to()) require_shown(address);
    require_shown(report.original_mail_from());
    (void)report.incidents();
}

void open_all(mime::parsed_message const& message, int depth) {
    require(depth <= static_cast<int>(limits::encoded_messages));
    for (std::size_t i = 0; i < message.part_count(); ++i) {
        mime::parsed_part const part = message.part(i);
        (void)mime::partial_of(part);
        (void)mime::external_body_of(part);
        if (auto const found = mime::signed_content_of(part))
            require(found->canonical_octets().size() >= found->content.octets().size());
        if (auto const opened = part.open_encoded()) open_all(*opened, depth + 1);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const octets(reinterpret_cast<char const*>(data), size);
    check_status(octets);
    check_other_reports(octets);
    mime::parsed_message const message = mime::parse(octets);
    open_all(message, 0);
    if (auto const joined = mime::join_fragments(std::span(&message, 1))) require(joined->size() <= 2 * size + 16);
    return 0;
}
