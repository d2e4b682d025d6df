#pragma once
#include <functional>

#include "json_report.hpp"
#include "send/compose.hpp"
#include "send/deliver.hpp"
#include "way.hpp"

namespace postrider::app {

/// Sends to one server, under the TLS that it demands; blocks.
using send_to_hop = std::function<smtp::result<smtp::report>(delivery::hop const&, outgoing const&, tell_step const&)>;

/// Over a session of its own, which is closed behind it.
/// `way`      must outlive this
send_to_hop over_a_session(direct_way const& way);

/// Sends to the servers that DNS names for each recipient's domain, one transaction for each domain, under the TLS that
/// DANE and MTA-STS demand. Of a domain's servers the next is tried where one cannot be reached, does not meet the
/// demand, or puts recipients off; never where it may have the message.                        RFC 5321 §5.1, §4.2.4
/// returns    an outcome for every recipient of the envelope, and for each domain
send_outcome deliver_directly(outgoing const&, direct_way&, send_to_hop const&, tell_step const&);

/// some_refused where some have it and others not, whatever the reason: a repeat for all would double it.
exit_code exit_code_of_direct(send_outcome const&);

}  // namespace postrider::app
