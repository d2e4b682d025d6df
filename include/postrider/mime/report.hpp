#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <postrider/core/host.hpp>
#include <postrider/mime/address.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/parse.hpp>
#include <string>
#include <vector>

/// Reports on a message: what became of it on the way, and that it was seen. Each is a multipart/report (RFC 6522): a text
/// for people, fields for programs, and the header of the message it is about.
///
/// Send a report with an empty reverse-path, and none to an empty one: reports on reports never end.  RFC 3464 §2
namespace postrider::mime {

enum class delivery_action : std::uint8_t { failed, delayed, delivered, relayed, expanded };

struct recipient_status {
    std::string final_recipient;  ///< addr-spec
    delivery_action action = delivery_action::failed;
    std::string status = "5.0.0";         ///< enhanced status code, of the class that the action has
    std::string original_recipient = {};  ///< addr-spec, where it is another
    std::string remote_mta = {};          ///< who said so
    std::string diagnostic = {};          ///< in his words: "550 5.1.1 no such user"; untrusted
    std::optional<std::chrono::system_clock::time_point> last_attempt = {};
    std::optional<std::chrono::system_clock::time_point> will_retry_until = {};  ///< of a delayed one
};

struct delivery_report_options {
    mailbox from;               ///< "Mail Delivery System <mailer-daemon@...>"
    mailbox to;                 ///< the reverse-path of the original
    std::string reporting_mta;  ///< our host name
    std::vector<recipient_status> recipients;
    std::string envelope_id = {};  ///< ENVID, decoded
    std::optional<std::chrono::system_clock::time_point> arrival = {};
    std::string text = {};       ///< for people; without one it lists the recipients
    bool whole_message = false;  ///< return all of it, not the header alone
};

/// A delivery status notification.                                                                            RFC 3464
/// Throws mime::error: no_recipient without a recipient; bad_address; bad_field_body for a status that is none.
message delivery_report(parsed_message const& original, delivery_report_options const& options);

enum class disposition : std::uint8_t { displayed, deleted };

struct disposition_report_options {
    mailbox from;  ///< the reader
    disposition what = disposition::displayed;
    bool by_the_reader = true;    ///< who agreed to it; false: a program that was told to
    std::string user_agent = {};  ///< "host.example; Postrider 0.1"
    std::string text = {};
};

/// A read receipt, to where the original's Disposition-Notification-To asks for it.                           RFC 8098
/// Nothing when it asks for none. A program asks its user where that is not the Return-Path (§2.1).
/// Throws mime::error: bad_address.
std::optional<message> disposition_report(parsed_message const& original, disposition_report_options const& options);

}  // namespace postrider::mime
