#pragma once
#include "compose.hpp"

namespace postrider::app {

/// The message file that --eml names. Line ends become CRLF and Bcc goes, and parts with lines of more than 998 octets are
/// encoded anew; nothing else changes. Who sends to whom is
/// what the command line says, and where it says nothing the message: Resent- fields when it was resent, else From (or
/// Sender), To, Cc and Bcc.                                                                    RFC 5322 §3.6.2-3,
/// §3.6.6 errors     app::error: no_input; bad_data for a message that names no sender or recipient, or is signed with lines too long; usage as in
/// compose.
outgoing read_eml(send_options const&);
/// The same for octets that were read already.                          `name`   where from, for errors
outgoing message_of(send_options const&, std::string octets, std::string const& name);

}  // namespace postrider::app
