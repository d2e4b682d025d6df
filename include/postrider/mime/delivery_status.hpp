#pragma once
#include <cstdint>
#include <postrider/mime/field_group.hpp>
#include <postrider/mime/parse.hpp>

/// What became of a message, as its sender is told by machines for machines.             RFC 3464, RFC 3463, RFC 6533
///     delivery-status-content = per-message-fields 1*(CRLF per-recipient-fields)
namespace postrider::mime {

/// "5.1.1": class "." subject "." detail                                                                 RFC 3463 §2
struct status_code {
    std::uint16_t category = 0;  ///< its class: 2 success, 4 persistent transient failure, 5 permanent failure
    std::uint16_t subject = 0;
    std::uint16_t detail = 0;
    bool is_success() const noexcept { return category == 2; }
    bool is_transient() const noexcept { return category == 4; }
    bool is_permanent() const noexcept { return category == 5; }
    friend bool operator==(status_code const&, status_code const&) = default;
};

/// Reads what `text` begins with; comments and words behind it do not matter.
std::optional<status_code> parse_status_code(std::string_view text) noexcept;

/// RFC 3464 §2.2
struct per_message_fields : field_group {
    std::string original_envelope_id() const { return value("Original-Envelope-Id"); }  ///< the ENVID of RFC 3461
    std::optional<typed_value> reporting_mta() const { return typed("Reporting-MTA"); }
    std::optional<typed_value> dsn_gateway() const { return typed("DSN-Gateway"); }
    std::optional<typed_value> received_from_mta() const { return typed("Received-From-MTA"); }
    std::optional<codec::date_time> arrival_date() const { return date("Arrival-Date"); }
};

/// RFC 3464 §2.3
struct per_recipient_fields : field_group {
    std::optional<typed_value> original_recipient() const { return typed("Original-Recipient"); }
    std::optional<typed_value> final_recipient() const { return typed("Final-Recipient"); }
    std::string action() const { return token("Action"); }  ///< failed, delayed, delivered, relayed, expanded
    std::optional<status_code> status() const;
    std::optional<typed_value> remote_mta() const { return typed("Remote-MTA"); }
    std::optional<typed_value> diagnostic_code() const { return typed("Diagnostic-Code"); }
    std::optional<codec::date_time> last_attempt_date() const { return date("Last-Attempt-Date"); }
    std::string final_log_id() const { return value("Final-Log-ID"); }
    std::optional<codec::date_time> will_retry_until() const { return date("Will-Retry-Until"); }
};

struct delivery_status {
    per_message_fields per_message;
    std::vector<per_recipient_fields> per_recipient;
};

/// Total. Groups of fields are divided by blank lines, the first of them tells of the message. One that names a
/// recipient, as gateways write it that leave the blank line out, tells of that recipient too. Of the fields in all,
/// limits::header_fields are listed.
delivery_status parse_delivery_status(std::string_view content);

/// Of a part that is message/delivery-status or message/global-delivery-status, transfer-decoded.
std::optional<delivery_status> delivery_status_of(parsed_part const&);
/// Of the first part that is one.
std::optional<delivery_status> delivery_status_of(parsed_message const&);

}  // namespace postrider::mime
