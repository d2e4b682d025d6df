#include "options.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "numbers.hpp"

namespace postrider::app {
namespace {

void add_choice_of_server(CLI::App& command, server_options& into) {
    constexpr char const* group = "Server";
    command.add_option("--account", into.account, "An account of the configuration file")
        ->type_name("NAME")
        ->group(group);
    command.add_option("--provider", into.provider, "A provider of the built-in table: qq, 163, gmail...")
        ->type_name("NAME")
        ->group(group);
    command
        .add_option("--config", into.config_file, "Read this file instead of $XDG_CONFIG_HOME/postrider/config.toml")
        ->type_name("FILE")
        ->group(group);
}

void add_login(CLI::App& command, server_options& into) {
    constexpr char const* group = "Login";
    password_sources& password = into.password;
    command.add_option("--user", into.user, "Log in as this user")->type_name("USER")->group(group);
    command.add_option("--password-command", password.command, "Take the password from what this command prints")
        ->type_name("COMMAND")
        ->group(group);
    command.add_option("--password-file", password.file, "Take the password from the first line of this file")
        ->type_name("FILE")
        ->group(group);
    command.add_option("--password-env", password.env, "Take the password from this environment variable")
        ->type_name("VARIABLE")
        ->group(group);
    command.add_option("--password", password.command_line, "The password itself. Others can see it: warns")
        ->type_name("PASSWORD")
        ->group(group);
    command.add_option("--token-command", into.token_command, "Log in with the OAuth token that this command prints")
        ->type_name("COMMAND")
        ->group(group);
    command
        .add_option("--auth,--mechanism", into.mechanisms,
                    "Log in with this mechanism only: SCRAM-SHA-256, PLAIN...; may be repeated")
        ->expected(1)
        ->take_all()
        ->type_name("NAME")
        ->group(group);
}

constexpr char const* connection_group = "Connection";

void add_connection(CLI::App& command, server_options& into) {
    add_tls_options(command, into.tls, connection_group);
    add_route_options(command, into.route, connection_group);
    command.add_option("--starttls", into.starttls, "off, offered or required. Without it: required, off on loopback")
        ->check(CLI::IsMember({"off", "offered", "required"}))
        ->type_name("POLICY")
        ->group(connection_group);
    command.add_option("--timeout", into.timeout_seconds, "Seconds for each step. Without it: those of RFC 5321")
        ->check(timeout_seconds())
        ->type_name("SECONDS")
        ->group(connection_group);
    command.add_option("--local-hostname", into.local_hostname, "What EHLO says of this machine")
        ->type_name("NAME")
        ->group(connection_group);
    command.add_option("--resolver", into.resolver, "Ask this DNS server for servers, not the machine's")
        ->type_name("IP[:PORT]")
        ->group(connection_group);
    command.add_flag("--no-pipelining", into.no_pipelining, "One command at a time")->group(connection_group);
    command.add_flag("--no-chunking", into.no_chunking, "DATA, even where BDAT is offered")->group(connection_group);
    command.add_flag("--no-binarymime", into.no_binarymime, "Attachments in base64, even where BINARYMIME is offered")
        ->group(connection_group);
    command.add_flag("--transcript", into.transcript, "Show the dialogue on stderr, secrets masked")
        ->group(connection_group);
}

void add_dangers(CLI::App& command, server_options& into) {
    command
        .add_flag("--accept-any-certificate-dangerously", into.accept_any_certificate_dangerously,
                  "Talk to whoever answers, an impostor too")
        ->group(connection_group);
    command
        .add_flag("--allow-clear-text-login-dangerously", into.allow_clear_text_login_dangerously,
                  "Send the password without TLS, for all to read")
        ->group(connection_group);
}

}  // namespace

void add_server_options(CLI::App& command, server_options& into) {
    add_choice_of_server(command, into);
    add_login(command, into);
    add_connection(command, into);
    add_dangers(command, into);
    add_claimed_client(command, into.claim);
}

}  // namespace postrider::app
