#pragma once
#include <postrider/core/octets.hpp>
#include <postrider/core/result.hpp>
#include <postrider/mime/wire.hpp>
#include <string>

/// Messages that somebody else composed.
namespace postrider::mime {

/// The octets of a message as a wire. Line ends become CRLF; Bcc and Resent-Bcc fields go, with their continuation
/// lines; a leading mbox "From " line goes too, for no receiver takes it for a field. Nothing else changes.
/// The wire's message_id is the first Message-ID field's; has_8bit and needs_smtputf8 are as the octets need.
wire wire_from_octets(std::string octets);

/// The same for a file or another source.
/// errors     those of octet_source::read_at; errc::limit_reached beyond limits::raw_message_octets.
result<wire> wire_from_source(octet_source const& source);

}  // namespace postrider::mime
