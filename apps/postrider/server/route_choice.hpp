#pragma once
#include <postrider/client/options.hpp>
#include <string>

namespace CLI {
class App;
}

namespace postrider::app {

/// What the command line or an account says of the way to the server; what is empty leaves the matter as it is.
struct route_choice {
    std::string source_address;
    std::string proxy;  ///< a URL
    std::string proxy_password_command;
};

void add_route_options(CLI::App& command, route_choice& into, char const* group);

/// Asks the command for the proxy's password, where there is one.
/// errors     app::error: usage for a proxy that is none, config for a command that fails.
void apply(route_choice const&, smtp::client_options& to);

/// errors     app::error: usage for a proxy that is none.
net::proxy parse_proxy(std::string const& url);

}  // namespace postrider::app
