#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <postrider/core/limits.hpp>
#include <postrider/net/stream.hpp>
#include <postrider/net/tls.hpp>
#include <string>

namespace postrider::app {

struct https_answer {
    unsigned status = 0;
    std::string content_type;  ///< empty: not said
    std::string body;
};

/// How one is asked, where it is not as usual.
struct https_wishes {
    std::string accept = "application/json";
    std::uint64_t body_octets = limits::https_body_octets;
    std::chrono::milliseconds timeout{30'000};  ///< for all of it
    std::uint16_t port = 0;                     ///< connect to this one; 0: the URL's
    net::name_lookup lookup;                    ///< finds the host's addresses; empty: the system's way
    https_wishes() {}
};

using form = std::map<std::string, std::string>;

/// One request to a server whose certificate is verified, over a connection of its own; redirects are not followed.
/// Blocks for the time wished at most.
/// `url`      "https://host[:port]/path", without a query
/// errors     app::error: config for a URL that is none; try_later where there is no connection or no whole answer, or
///            one of more octets than wished; protocol for TLS.
https_answer https_get(std::string const& url, net::tls_options const&, https_wishes const& = {});
https_answer https_post(std::string const& url, form const&, net::tls_options const&);

/// The same for "http://" too, which is in clear, and with a query.
https_answer post_json(std::string const& url, std::string const& document, net::tls_options const&,
                       https_wishes const& = {});
/// errors     app::error: config, for what post_json would not take
void need_http_url(std::string const& url);

/// "a=1&b=%20"                                                            application/x-www-form-urlencoded
std::string encoded(form const&);

}  // namespace postrider::app
