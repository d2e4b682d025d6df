#pragma once
#include <boost/json/object.hpp>
#include <chrono>
#include <optional>
#include <postrider/client/mta_sts_cache.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "direct/route.hpp"
#include "exit_codes.hpp"
#include "server_probe.hpp"
#include "session_steps.hpp"

namespace postrider::app {

/// What there is to know of a mail domain: what DNS says, what its policy asks, who answers, and who would get mail for it.
struct domain_report {
    std::string domain;
    std::uint16_t port = 25;
    direct_route route;
    std::optional<std::string> mta_sts, tls_reporting, spf,
        dmarc;                         ///< RFC 8461, 8460, 7208, 7489; the record that counts
    std::vector<server_probe> probes;  ///< of the plan's hops, in that order; none when nobody was to be asked
    std::vector<session_step> steps;   ///< each question, how long its answer took, and that answer
    std::vector<std::string> remarks;  ///< what is wrong, and what does less than its owner may think
    std::optional<error> failure;      ///< why mail for it would go nowhere, or DNS does not answer
    std::chrono::system_clock::time_point now;

    /// Who would get mail, by the plan's number; nothing when nobody would, or nobody was asked.
    std::optional<std::size_t> used() const;
};

/// How far an inquiry goes.
struct inquiry_options {
    direct_options direct;
    bool dns_only = false;  ///< ask neither the domain's servers nor that of its policy
    smtp::client_options client;
};

/// Whether `check` is given a domain and not a server: a name without scheme, port or path, not this machine's.
bool names_a_domain(std::string_view text);

/// Asks all there is to ask. Blocks.                                            errors     app::error: bad_data
domain_report inquire(std::string const& domain, delivery::mail_dns const&, inquiry_options const&);

std::string to_text(domain_report const&);
/// {"domain","takes_mail","mx":[{"preference","host","addresses":[],"alias","dane","tlsa":["3 1 1 ab.."],"use","why","server"}],
///  "mta_sts","policy":{"mode","id","max_age","mx":[],"error"},"tls_rpt","spf","dmarc","used":{"host","port","tls","why"},
///  "remarks":[],"steps":[{"name","ms","said"}],"error"}
/// `use` is the demand on its TLS, or "no"; `server` is {"tls","certificate","extensions":{},"dane":{"holds","why"},
/// "mta_sts":{"holds","why"},"error"} of a server that was asked, else null.
boost::json::object to_json(domain_report const&);

}  // namespace postrider::app
