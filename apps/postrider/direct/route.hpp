#pragma once
#include <postrider/client/delivery_plan.hpp>
#include <postrider/client/mta_sts_cache.hpp>
#include <string>

#include "exit_codes.hpp"

namespace CLI {
class App;
}

namespace postrider::app {

/// What the command line says of delivery to the servers that DNS names.
struct direct_options {
    std::uint16_t port = 25;
    std::uint16_t policy_port = 443;  ///< of the servers of MTA-STS policies
    bool allow_loopback = false;
};

/// Options for tests and for servers at other ports.
void add_direct_options(CLI::App& command, direct_options& into);

/// All that decides who gets a domain's mail.
struct direct_route {
    delivery::mail_facts facts;
    mta_sts::policy_finding policy;
    delivery::plan plan;
};

/// Blocks while DNS and the domain's policy server are asked.
/// `survey`   ask also for what does not count, to show it
direct_route find_route(std::string const& domain, delivery::mail_dns const&, mta_sts::policy_cache&,
                        mta_sts::policy_fetch const&, direct_options const&, bool survey = false);

/// Fetches a policy over HTTPS: a certificate valid for the host, no redirect, type text/plain, at most
/// limits::mta_sts_octets, within a time.                                                           RFC 8461 §3.3
/// `client`   its ca_file and timeout count here too
mta_sts::policy_fetch fetch_over_https(delivery::mail_dns const&, smtp::client_options const& client,
                                       direct_options const&);

/// What a plan without hops means for this program: no_host, unavailable or try_later.
error dead_end_error(delivery::plan const&);

/// The domain as DNS knows it: A-labels, without a final dot.                            errors     app::error: bad_data
std::string domain_for_dns(std::string_view domain);

}  // namespace postrider::app
