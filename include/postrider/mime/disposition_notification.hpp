#pragma once
#include <postrider/mime/field_group.hpp>
#include <postrider/mime/parse.hpp>

/// What a reader did with a message, as its sender is told who asked for it.                              RFC 8098 §3
namespace postrider::mime {

///     disposition-mode ";" disposition-type ["/" disposition-modifier *("," disposition-modifier)]   RFC 8098 §3.2.6
struct message_disposition {
    std::string action_mode;   ///< "manual-action", "automatic-action"
    std::string sending_mode;  ///< "mdn-sent-manually", "mdn-sent-automatically"
    std::string type;          ///< "displayed", "deleted", "dispatched", "processed"; all in lower case
    std::vector<std::string> modifiers;
    friend bool operator==(message_disposition const&, message_disposition const&) = default;
};

struct disposition_notification : field_group {
    std::string reporting_ua() const { return value("Reporting-UA"); }  ///< "host; product"
    std::optional<typed_value> mdn_gateway() const { return typed("MDN-Gateway"); }
    std::optional<typed_value> original_recipient() const { return typed("Original-Recipient"); }
    std::optional<typed_value> final_recipient() const { return typed("Final-Recipient"); }
    std::string original_message_id() const;  ///< without angle brackets
    std::optional<message_disposition> disposition() const;
    std::vector<std::string> failures() const { return values("Failure"); }
    std::vector<std::string> errors() const { return values("Error"); }
    std::vector<std::string> warnings() const { return values("Warning"); }
};

/// Total.
disposition_notification parse_disposition_notification(std::string_view content);

/// Of a part that is message/disposition-notification or message/global-disposition-notification, transfer-decoded.
std::optional<disposition_notification> disposition_notification_of(parsed_part const&);
/// Of the first part that is one.
std::optional<disposition_notification> disposition_notification_of(parsed_message const&);

}  // namespace postrider::mime
