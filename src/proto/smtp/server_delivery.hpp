#pragma once
#include "server_parameters.hpp"

namespace postrider::smtp::server_side {

struct session;

/// What to say to DATA and BDAT where no content is due yet.
refusal content_out_of_order(session const&);

/// Asks the handler whether content may come now, by DATA or the first BDAT.
/// refusal    what to say when it may not.
refusal begin_content(session&);

/// The message, which nothing stands against, goes to the handler; the transaction ends.
/// returns    a reply for each recipient in LMTP, else one.                                       RFC 2033 §4.2
std::vector<reply> deliver(session&, envelope const& to);

/// The message is whole: hands it to the handler, or tells why it cannot be taken, and ends the transaction.
void end_message(session&);

/// Ends the transaction for what already stands against its message; nothing happens when nothing does.
/// returns    whether something did.
bool refuse_faulty_content(session&, bool ended);

}  // namespace postrider::smtp::server_side
