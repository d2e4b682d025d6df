#include "derived_server.hpp"

#include <postrider/core/ascii.hpp>
#include <postrider/proto/smtp/escape.hpp>

#include "exit_codes.hpp"

namespace postrider::app {
namespace {

bool belongs_to(std::string const& host, std::string const& domain) {
    std::string const name = ascii::lower(host), parent = ascii::lower(domain);
    return name == parent || name.ends_with("." + parent);
}

struct service {
    char const* name;
    char const* scheme;
};
constexpr service with_tls_at_once{"_submissions._tcp.", "smtps://"};
constexpr service with_starttls{"_submission._tcp.", "smtp://"};

}  // namespace

std::optional<derived_server> derive_server(std::string const& domain, dns_query const& dns) {
    for (service const& asked : {with_tls_at_once, with_starttls}) {
        auto const answer = dns.services(asked.name + domain);
        if (!answer) return std::nullopt;
        if (answer->records.empty() || answer->records.front().host.empty()) continue;
        srv_record const& best = answer->records.front();
        std::string const text = asked.scheme + best.host + ":" + std::to_string(best.port);
        std::string unreadable;
        auto const url = smtp::parse_server_url(text, unreadable);
        if (!url || best.port == 0) continue;
        if (!belongs_to(best.host, domain))
            throw error(exit_code::config,
                        "the DNS of " + domain + " names " + smtp::escaped(text) + ", which is not in that domain",
                        "give it with --server if it is the right one");
        return derived_server{*url, std::string("the SRV record ") + asked.name + domain};
    }
    return std::nullopt;
}

}  // namespace postrider::app
