#pragma once
#include <cstddef>
#include <cstdint>
#include <postrider/client/mail_dns.hpp>
#include <postrider/core/host.hpp>
#include <string>
#include <vector>

namespace postrider::delivery {

/// What DNS says of one server.
struct server_facts {
    mx_record record;
    std::vector<std::string> addresses;
    std::vector<dane::tlsa_record> certificates;  ///< usable or not
    std::string certificates_of;                  ///< the host whose they are: the end of an alias, or the host named
    bool authenticated = false;                   ///< DNSSEC vouches for the way from the domain to `certificates`
    bool is_alias = false;                        ///< which an MX record must not name                 RFC 2181 §10.3
    error_code failed{};                          ///< DNS does not answer for it, or its certificates
};

/// What DNS says of a domain's mail.
struct mail_facts {
    std::string domain;
    std::vector<server_facts> servers;  ///< in the order in which they are to be tried
    std::size_t left_out = 0;           ///< further servers that were not looked at
    bool has_no_mx = false;             ///< the domain itself stands in for the servers            RFC 5321 §5.1
    error_code failed{};                ///< DNS does not answer for the domain
};

struct look_up_options {
    std::uint16_t port = 25;
    /// Ask for certificates also where no DNSSEC vouches for the way to them: to show them, for they do not count. Names
    /// that do not answer such questions are common there (RFC 7672 §2.2), so that delivery does without.
    bool survey = false;
    postrider::host const* host = nullptr;  ///< shuffles servers of the same preference; null: system_host()
    look_up_options() {}
};

/// Asks DNS for a domain's servers: those that MX records name, the preferred ones first and equals in random order;
/// without any the domain itself. At most limits::mail_exchangers are looked at, each host once.
///                                                                         RFC 5321 §5.1, RFC 7505, RFC 7672 §2.2
/// `domain`   A-labels, without a final dot
mail_facts look_up(std::string const& domain, mail_dns const&, look_up_options const& = {});

}  // namespace postrider::delivery
