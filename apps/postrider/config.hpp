#pragma once
#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/presets.hpp"
#include "server/route_choice.hpp"
#include "server/tls_choice.hpp"

namespace postrider::app {

/// One way to send, as the configuration file names it.
struct account {
    std::string server;               ///< a URL, or empty when `provider` says where
    std::string provider;             ///< a row of the table
    std::string from;                 ///< a mailbox; the account is chosen by its address when nothing else chooses
    std::optional<std::string> user;  ///< nothing: the address in `from`; empty: no login
    std::string password_command, password_file, password_env;
    std::string token_command;  ///< OAuth, in place of a password
    std::string auth;           ///< a mechanism; empty: the strongest that the server offers
    tls_choice tls;
    route_choice route;
    std::string local_hostname;
    std::optional<double> timeout_seconds;
    std::string local_mail_to;  ///< of `sendmail`: who gets what is for a bare name, such as cron's mail to root
    std::string dkim_key;       ///< a file; empty: nothing is signed
    std::string dkim_selector;  ///< of that key
    std::string dkim_domain;    ///< empty: the sender's
};

/// $XDG_CONFIG_HOME/postrider/config.toml:
///
///     default_account = "work"
///     [account.work]
///     server = "smtp://smtp.example.com"        # or provider = "qq"
///     from = "Me <me@example.com>"
///     user = "me"
///     password_command = "pass show mail/work"  # or password_file, password_env, token_command
///     dkim_key = "/etc/mail/2026.example.com.pem"
///     dkim_selector = "2026"
///     [provider.example]                        # a row of the table, new or instead of one that is there
///     domains = ["example.com"]
///     smtp = "smtp://smtp.example.com"
struct config {
    std::string default_account;
    std::map<std::string, account> accounts;
    std::vector<preset> providers;

    /// errors     app::error (config) when there is no account of that name.
    account const& named(std::string const& name) const;
    /// The account whose `from` has this address, else the default one, else nothing.
    account const* for_sender(std::string_view address) const;
    /// The one that was named, else that of the sender.                                errors: those of `named`
    account const* chosen(std::string const& name, std::string_view sender) const;
};

/// errors     app::error (config), with file and line: no TOML, an unknown key (a slip of the pen must not be
///            silently without effect), a value of the wrong type, a password in the file.
config parse_config(std::string_view toml, std::string const& file_name);

/// The file named by the user, else the one at its usual place, else the machine's: postrider/config.toml in the first
/// of $XDG_CONFIG_DIRS (/etc/xdg) that has it. None of them is an empty configuration.
config load_config(std::string const& file_named_by_user);

/// $XDG_CONFIG_HOME/postrider/config.toml, with ~/.config where that variable is not set.
std::filesystem::path usual_config_path();

}  // namespace postrider::app
