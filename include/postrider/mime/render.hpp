#pragma once
#include <postrider/core/host.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/wire.hpp>

namespace postrider::mime {

struct render_options {
    postrider::host const* host = nullptr;  ///< clock and randomness; system_host() if null
    bool keep_bcc = false;                  ///< for a copy to be stored, never for one to be sent
    /// What may leave unencoded, which is what the server takes: eight_bit needs 8BITMIME of it, binary BINARYMIME.
    policy::transfer cte_type = policy::transfer::eight_bit;
    /// Whether header fields may hold UTF-8, which needs SMTPUTF8. Without it domains become A-labels, parsed fields
    /// get encoded-words, and a recipient or Reply-To that has no form in ASCII is only told of: RFC 6857 §3.2.1.
    bool utf8 = true;
};

/// The message as it goes to a server: every line ends with CRLF.
///
/// Date, Message-ID and MIME-Version are supplied where they are missing. Fields are folded at 78 octets where they
/// can be, at 998 always; what is not ASCII becomes encoded-words (RFC 2047) or extended parameters (RFC 2231), except
/// that an address with UTF-8 in it stays as it is and the wire needs SMTPUTF8, unless `utf8` is off.
/// Text is 7bit where it is ASCII, its lines have 998 octets at most and none begins with "From "; else the shorter
/// of quoted-printable and base64. Other octets are base64. message/rfc822 is never encoded.
/// What was parsed goes out octet for octet, but for what `cte_type` does not let out and for lines of more than 998
/// octets: those leaves are encoded. Not so what is signed, by multipart/signed or DKIM.
/// A body alone that travels unencoded, and text alone, gets a final CRLF if it has none; everywhere else octets arrive
/// exactly as they were given.
/// Octets in memory up to a megabyte are encoded at once, larger ones and sources while they are on their way.
/// With cte_type binary, attached octets whose Content-Transfer-Encoding nobody asked for go out as they are, and the
/// wire tells: is_binary(). Not so in a message with a multipart that is signed, was parsed or was given its boundary.
///
/// Throws mime::error: missing_sender (no From, or several authors and no Sender); bad_encoding when a
/// Content-Transfer-Encoding was asked for that the content cannot travel in; unreadable_file when an attached message
/// cannot be read.
wire render(message const& mail, render_options const& options = {});

/// Whether cte_type binary makes a difference: there are octets that may leave as they are.
bool can_travel_binary(message const& mail);

}  // namespace postrider::mime
