#pragma once
#include "server_parameters.hpp"

namespace postrider::smtp::server_side {

struct session;

/// Asks the handler whether content may come now, by DATA or the first BDAT.
/// refusal    what to say when it may not.
refusal begin_content(session&);

/// The message is whole: hands it to the handler, or tells why it cannot be taken, and ends the transaction.
/// LMTP answers for each recipient.                                                               RFC 2033 §4.2
void end_message(session&);

/// Ends the transaction for what already stands against its message; nothing happens when nothing does.
/// returns    whether something did.
bool refuse_faulty_content(session&, bool ended);

}  // namespace postrider::smtp::server_side
