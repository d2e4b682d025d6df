#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <postrider/core/host.hpp>
#include <postrider/mime/address.hpp>
#include <postrider/mime/envelope.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/mime/wire.hpp>
#include <string>

/// Passing on a message that was read.
namespace postrider::mime {

enum class forward_style : std::uint8_t {
    inline_text,  ///< its text and HTML below a few lines that say whose they are, its attachments attached again
    attachment,   ///< whole and untouched, as message/rfc822
};

struct forward_options {
    address_list from = {};
    address_list to = {};
    std::string text = {};  ///< above what is forwarded
    forward_style style = forward_style::inline_text;
};

/// The message that carries `original`: "Fwd: " once before its subject, and References to it. Attachments get names
/// that are safe in any folder (mime/safe_name.hpp). The octets of `original` are copied: it may go.
/// Nothing in `original` makes it throw; for what stands in `options`, mime::error: control_character, unencodable.
message forward(parsed_message const& original, forward_options const& options = {});

struct resend_options {
    mailbox from;  ///< who puts it back into the mail
    address_list to = {};
    address_list cc = {};
    address_list bcc = {};
    std::optional<std::chrono::system_clock::time_point> date = {};  ///< now, if there is none
    postrider::host const* host = nullptr;                           ///< system_host() if null
};

struct resent_message {
    wire mail;               ///< what is sent: `original` octet for octet behind a block of Resent fields
    mail_envelope envelope;  ///< from and to whom
};

/// Puts a message back into the mail as it is, for other recipients: they see its author as the sender, and who resent it
/// in Resent-From, -To, -Cc, -Date and -Message-ID, which stand above any block that is there.      RFC 5322 §3.6.6
/// Line ends become CRLF; Bcc and Resent-Bcc fields of `original` go.
/// Throws mime::error: no_recipient; bad_address.
resent_message resend(parsed_message const& original, resend_options const& options);

}  // namespace postrider::mime
