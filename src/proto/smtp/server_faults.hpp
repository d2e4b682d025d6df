#pragma once
#include <postrider/proto/smtp/server_fault.hpp>
#include <string_view>

namespace postrider::smtp::server_side {

struct session;

/// Asks whether the command at hand meets a fault; production servers have nobody to ask.
/// returns    whether it is to be carried out. If not, all that the client is told has been said.
bool spared(session&, fault_stage);
bool spared(session&, fault_stage, std::string_view about);
/// The same for what is about all recipients of the transaction.
bool recipients_spared(session&, fault_stage);

/// LMTP's end of data, where each recipient's answer may meet a fault of its own.
void deliver_at_risk(session&);

/// The message begins to come in: will it be cut?
void expect_cut(session&);
/// returns    whether the connection ends here, in the midst of the message.
bool cut(session&);

}  // namespace postrider::smtp::server_side
