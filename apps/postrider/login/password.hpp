#pragma once
#include <functional>
#include <string>
#include <string_view>

namespace postrider::app {

/// Where the password may come from. The first that is set is used, in this order; with none, it is asked for.
struct password_sources {
    std::string command;       ///< run by /bin/sh; the first line of what it prints
    std::string file;          ///< its first line
    std::string env;           ///< the variable's name
    std::string command_line;  ///< seen by every user of the machine: used, with a warning
    bool any() const noexcept { return !(command + file + env + command_line).empty(); }
};

/// Asks a person, with this prompt; throws app::error when there is nobody to ask.
using ask_password = std::function<std::string(std::string const& prompt)>;
/// Takes one line of warning.
using warn_user = std::function<void(std::string_view line)>;

/// errors     app::error: config (the command failed or printed nothing, the variable is not set), no_input (the file
///            cannot be read).
std::string read_password(password_sources const&, std::string const& prompt, ask_password const&, warn_user const&);

/// The first line of what a command prints.
/// `what`     it gives: "password", "token"
/// errors     app::error (config) when it fails or prints nothing.
std::string read_from_command(std::string const& command, std::string const& what);

/// Asks on the terminal, without echo, whatever stdin is.
/// errors     app::error (usage) when there is no terminal or the answer was broken off.
std::string ask_on_terminal(std::string const& prompt);

}  // namespace postrider::app
