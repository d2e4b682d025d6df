#include "route_choice.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <postrider/client/proxy_url.hpp>

#include "exit_codes.hpp"
#include "login/password.hpp"

namespace postrider::app {

void add_route_options(CLI::App& command, route_choice& into, char const* group) {
    command.add_option("--source-address", into.source_address, "Connect from this address of the machine")
        ->type_name("ADDRESS")
        ->group(group);
    command
        .add_option("--proxy", into.proxy, "Connect through it alone: socks5://[user@]host:port or http://host:port")
        ->type_name("URL")
        ->group(group);
    command
        .add_option("--proxy-password-command", into.proxy_password_command,
                    "Take the proxy's password from what this command prints")
        ->type_name("COMMAND")
        ->group(group);
}

void apply(route_choice const& choice, smtp::client_options& to) {
    if (!choice.source_address.empty()) to.source_address = net::endpoint{choice.source_address, 0, {}};
    if (!choice.proxy.empty()) to.proxy = parse_proxy(choice.proxy);
    if (choice.proxy_password_command.empty()) return;
    if (!to.proxy || to.proxy->user.empty())
        throw error(exit_code::usage, "a proxy's password is given and no proxy with a user",
                    "write --proxy socks5://user@host:port");
    to.proxy->password = read_from_command(choice.proxy_password_command, "proxy password");
}

net::proxy parse_proxy(std::string const& url) {
    std::string why;
    auto parsed = smtp::parse_proxy_url(url, why);
    // The text may hold a password: it is not shown.
    if (!parsed) throw error(exit_code::usage, "--proxy names no proxy: " + why, "write socks5://host:port");
    return *std::move(parsed);
}

}  // namespace postrider::app
