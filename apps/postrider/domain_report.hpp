#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns_query.hpp"
#include "exit_codes.hpp"
#include "session_steps.hpp"

namespace postrider::app {

/// A server that takes a domain's mail, and what DNS says of its certificate.                           RFC 7672
struct mail_exchanger {
    mx_record record;
    std::vector<tlsa_record> certificates;
    bool authenticated = false;  ///< by DNSSEC, the way from the domain to here: without it they do not count
};

/// What DNS tells of a mail domain.
struct domain_report {
    std::string domain;
    std::vector<mail_exchanger> exchangers;
    bool has_no_mx = false;   ///< mail goes to the address of the domain itself, if it has one      RFC 5321 §5.1
    bool takes_mail = false;  ///< somebody does
    std::optional<std::string> mta_sts, tls_reporting, spf,
        dmarc;                         ///< RFC 8461, 8460, 7208, 7489; the record that counts
    std::vector<session_step> steps;   ///< each question, how long its answer took, and that answer
    std::vector<std::string> remarks;  ///< what is wrong, and what does less than its owner may think
    std::optional<error> failure;      ///< DNS does not answer, or nobody takes the domain's mail
};

/// Whether `check` is given a domain and not a server: a name without scheme, port or path, not this machine's.
bool names_a_domain(std::string_view text);

/// Asks all there is to ask. Blocks.
domain_report look_up(std::string const& domain, dns_query const&);

std::string to_text(domain_report const&);
/// {"domain","takes_mail","mx":[{"preference","host","dane","tlsa":["3 1 1 ab.."]}],"mta_sts","tls_rpt","spf","dmarc",
///  "remarks":[],"steps":[{"name","ms","said"}],"error"}
boost::json::object to_json(domain_report const&);

}  // namespace postrider::app
