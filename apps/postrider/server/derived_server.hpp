#pragma once
#include <optional>
#include <postrider/client/server_url.hpp>
#include <string>

#include "dns/query.hpp"

namespace postrider::app {

/// Where a domain's own DNS sends the mail programs of its users.
struct derived_server {
    smtp::server_url url;
    std::string why;  ///< "the SRV record _submissions._tcp.example.com"
};

/// TLS from the first octet where the domain has that (_submissions), else STARTTLS (_submission); of several servers the
/// preferred one. DNS may be forged: a server outside the domain gets nobody's password by a word of it alone.
///                                                                                     RFC 6186 §3, §6; RFC 8314 §5.1
/// returns    nothing where DNS names none or does not answer.
/// errors     app::error: config, for a server of another domain; the user may name it.
std::optional<derived_server> derive_server(std::string const& domain, dns_query const&);

}  // namespace postrider::app
