#pragma once
#include <optional>
#include <postrider/client/mail_facts.hpp>
#include <postrider/client/options.hpp>
#include <postrider/proto/mta_sts/policy.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::delivery {

/// What a server must do before it gets the mail; later ones ask more.
enum class tls_demand {
    opportunistic,      ///< TLS where it is offered, with anybody; else in clear                        RFC 7435
    encrypted,          ///< TLS with anybody: there are TLSA records, and none can be used              RFC 7672 §2.2
    valid_certificate,  ///< TLS, with a certificate that a trusted authority made out to it             RFC 8461 §4.2
    tlsa,               ///< TLS, with a certificate that its TLSA records name                          RFC 7672 §3
};

/// "opportunistic", "encrypted", "valid_certificate", "tlsa"
std::string_view to_string(tls_demand) noexcept;

/// A server that may be tried.
struct hop {
    std::string host;
    unsigned preference = 0;
    std::vector<std::string> addresses;
    tls_demand tls = tls_demand::opportunistic;
    std::vector<dane::tlsa_record> tlsa;  ///< for tls_demand::tlsa: those that mail can use
    std::vector<std::string> names;       ///< the certificate may bear one of these; TLS asks for the first (SNI)
    std::string why;                      ///< for people: which policy asks that
    std::string remark;                   ///< for people: what would fail, were a policy in testing enforced
};

enum class passed_over_for {
    null_mx,      ///< the record says that no mail is taken, beside others that say something else  RFC 7505 §3
    odd_name,     ///< no host is called so: an address, a name with characters that no host has
    no_address,   ///< DNS has none
    loopback,     ///< all its addresses lead to this machine, which the domain cannot mean
    dns_failure,  ///< DNS does not answer for it                                                    RFC 7672 §2.1.1
    mta_sts,      ///< an enforced policy does not name it                                           RFC 8461 §4.1
};

struct passed_over {
    std::string host;
    passed_over_for reason = passed_over_for::no_address;
    std::string why;  ///< for people
};

/// Why nobody can be tried.
enum class dead_end {
    takes_no_mail,  ///< the domain says so: 556 5.1.10                                              RFC 7505
    no_server,      ///< neither MX records nor an address; or none of its servers exists
    dns_failure,    ///< DNS does not answer: later it may
    mta_sts,        ///< servers are there, and an enforced policy names none of them: later it may  RFC 8461 §5
};

struct plan {
    std::string domain;
    std::vector<hop> hops;  ///< to be tried in this order
    std::vector<passed_over> others;
    std::optional<delivery::dead_end> dead_end;  ///< just where there are no hops
    std::string why_not;                         ///< for people, with it
};

struct plan_options {
    bool allow_loopback = false;  ///< servers on this machine too: for tests
    plan_options() {}
};

/// Who may get a domain's mail, in which order, and what TLS each needs: DANE over MTA-STS over what is offered. Nothing is asked here.
///
/// A server with TLSA records under DNSSEC is measured by them alone, be it named by an MTA-STS policy or not: the way to
/// it cannot be forged (RFC 8461 §2). Others obey an enforced policy. One in testing changes nothing, and is remarked on.
/// `policy`   that holds for the domain now, if there is one
plan make_plan(mail_facts const&, std::optional<mta_sts::policy> const& policy, plan_options const& = {});

/// The options of a client for this server: TLS as the hop demands, its addresses from the plan. In `base`, ca_file says whom
/// MTA-STS trusts; trust that it has in fingerprints or certificates counts no more.
///
/// Where the demand is opportunistic and TLS fails, the server may be tried in clear, and must not otherwise.
smtp::client_options options_for(hop const&, smtp::client_options base);

}  // namespace postrider::delivery
