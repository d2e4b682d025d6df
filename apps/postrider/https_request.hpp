#pragma once
#include <map>
#include <postrider/net/tls.hpp>
#include <string>

namespace postrider::app {

struct https_answer {
    unsigned status = 0;
    std::string body;
};

using form = std::map<std::string, std::string>;

/// One request to a server whose certificate is verified, over a connection of its own; redirects are not followed.
/// Blocks half a minute at most.
/// `url`      "https://host[:port]/path", without a query
/// errors     app::error: config for a URL that is none; try_later where there is no connection or no whole answer, or
///            one of more than limits::https_body_octets; protocol for TLS.
https_answer https_get(std::string const& url, net::tls_options const&);
https_answer https_post(std::string const& url, form const&, net::tls_options const&);

/// "a=1&b=%20"                                                            application/x-www-form-urlencoded
std::string encoded(form const&);

}  // namespace postrider::app
