#pragma once
#include <string>
#include <vector>

#include "claimed_client.hpp"
#include "login/password.hpp"
#include "route_choice.hpp"
#include "tls_choice.hpp"

namespace CLI {
class App;
}

namespace postrider::app {

/// What the command line says of the server, for every command that talks to one.
struct server_options {
    std::string server, account, provider, config_file;
    std::string user;
    password_sources password;
    std::string token_command;
    tls_choice tls;
    route_choice route;
    std::string starttls, local_hostname;
    double timeout_seconds = 0;  ///< 0: the deadlines of RFC 5321 §4.5.3.2
    std::vector<std::string> mechanisms;
    bool no_pipelining = false, no_chunking = false, no_binarymime = false;
    bool accept_any_certificate_dangerously = false;
    bool allow_clear_text_login_dangerously = false;
    bool transcript = false;
    std::string resolver;  ///< empty: the machine's
    claimed_client claim;
};

/// Adds all of them but `server` itself, which `send` takes as an option and `check` as its argument.
void add_server_options(CLI::App& command, server_options& into);

}  // namespace postrider::app
