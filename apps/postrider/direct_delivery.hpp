#pragma once
#include "compose.hpp"
#include "deliver.hpp"
#include "direct_route.hpp"
#include "json_report.hpp"

namespace postrider::app {

/// Sends to the servers that DNS names for each recipient's domain, one transaction for each domain, under the TLS that
/// DANE and MTA-STS demand. Of a domain's servers the next is tried where one cannot be reached, does not meet the
/// demand, or puts recipients off; never where it may have the message.                        RFC 5321 §5.1, §4.2.4
/// `client`   the options of each session; their ca_file says whom MTA-STS trusts
/// returns    an outcome for every recipient of the envelope, and for each domain
send_outcome deliver_directly(outgoing const&, smtp::client_options const& client, delivery::mail_dns const&,
                              mta_sts::policy_cache&, direct_options const&, tell_step const&);

/// some_refused where some have it and others not, whatever the reason: a repeat for all would double it.
exit_code exit_code_of_direct(send_outcome const&);

}  // namespace postrider::app
