#pragma once
#include <optional>
#include <string>

#include "client_session.hpp"
#include "talk.hpp"

/// One command line, one reply: what every verb is made of.
namespace postrider::smtp::client_side {

/// Sends `line` and CRLF. Octets that the server sent before it was asked fail the session.
talk<> say(session&, std::string line, phase);

/// The next reply, whole, whatever its code; a 421 ends the session all the same.          RFC 5321 §3.8, §4.2
talk<reply> hear(session&, phase);

/// The same where it has been read already and nobody needs to wait; nothing where hear() must read on. It does not
/// become the session's last reply.
std::optional<reply> heard_already(session&);

/// Whether a reply has begun, or the link has ended, that nobody has heard of yet. Looks, and does not wait: so what
/// was on its way may be missed.
talk<bool> has_news(session&, phase);

/// say() and hear().
talk<reply> ask(session&, std::string line, phase);

/// RSET after a refusal, so that the next transaction finds the session in step. What the refusal was matters more than
/// what becomes of this.
talk<> reset_transaction(session&);

/// Whether the server has sent more than it was asked for.
bool has_stray_octets(session const&) noexcept;

}  // namespace postrider::smtp::client_side
