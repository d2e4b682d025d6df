#pragma once
#include <iosfwd>
#include <postrider/client/options.hpp>
#include <postrider/client/server_url.hpp>
#include <string>
#include <string_view>

#include "config.hpp"
#include "options.hpp"
#include "presets.hpp"

namespace postrider::app {

/// Where to connect and how to log in.
struct server_choice {
    smtp::server_url url;
    smtp::client_options options;
    std::string user;  ///< empty: no login
    password_sources password;
    std::string token_command;          ///< logs in with a token, and with no password
    std::string xclient;                ///< attributes to be said behind TLS; empty: none
    bool is_derived = false;            ///< from what DNS says of the sender's domain: that is told
    bool shows_proxy_password = false;  ///< it stands on the command line
    std::string why;                    ///< "as --server says", "the provider QQ of qq.com"...
    login_rule login = login_rule::password;
};

/// Chooses in this order: --server, --account, --provider, the account whose `from` is the sender, the default account,
/// the provider of the sender's domain, the server that its DNS names.
/// `sender`   the address that the message is from; empty when there is none.
/// errors     app::error: usage when nothing says where, config for a name that is not configured.
server_choice choose_server(server_options const&, config const&, std::string_view sender);

/// What the options say of every connection, for who finds the servers by another way.
/// errors     app::error: usage
smtp::client_options connection_options(server_options const&);

/// Neither PIPELINING nor CHUNKING: nothing is said before what was said last is answered.
void one_command_at_a_time(server_choice&);

/// The password for its user, from where the options say or from a person, who is told a server that was derived; empty
/// without a user, and for a login that takes none.
/// `warnings`   takes a line where the password can be seen by others.
/// errors       app::error, as read_password
std::string secret_for(server_choice const&, std::ostream& warnings);

/// What to log in with. A token comes from its command when the login needs it, and once more when the server refuses
/// it: the command then finds POSTRIDER_TOKEN_REFUSED=1 in its environment.
sasl::credentials credentials_for(server_choice const&, std::string const& secret);

}  // namespace postrider::app
