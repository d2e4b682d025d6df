#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <iostream>
#include <optional>
#include <postrider/client/smtp.hpp>
#include <postrider/proto/smtp/escape.hpp>

#include "commands.hpp"
#include "config.hpp"
#include "explain.hpp"
#include "json_report.hpp"
#include "server_options.hpp"
#include "server_report.hpp"
#include "session_steps.hpp"
#include "text.hpp"
#include "transcript.hpp"

namespace postrider::app {
namespace {

struct check_options {
    server_options server;
    bool json = false;
};

void tell(check_options const& o, server_report const& report) {
    if (o.json) {
        std::cout << boost::json::serialize(to_json(report)) << std::endl;
    } else {
        std::cout << to_text(report) << std::flush;
    }
    if (report.failure) std::cerr << "postrider: not usable: " << explain(*report.failure, report.advice) << '\n';
}

/// Opens a session as `send` would, with a login if a user is given, and closes it.
std::optional<smtp::failure> try_session(smtp::client& client, server_choice const& where, std::string const& secret) {
    auto const greeted = client.try_connect(where.url);
    if (!greeted) return greeted.error().failure;
    if (where.user.empty()) return std::nullopt;
    auto const logged_in = client.try_login(credentials_for(where, secret));
    return logged_in ? std::nullopt : std::optional(logged_in.error().failure);
}

exit_code check(check_options const& o) {
    server_choice where = choose_server(o.server, load_config(o.server.config_file), {});
    auto const secret = secret_for(where, std::cerr);

    transcript dialogue(std::cerr);
    step_clock steps(o.server.transcript ? &dialogue : nullptr);
    where.options.trace = &steps;
    smtp::client client(where.options);
    auto const failure = try_session(client, where, secret);
    server_report report = describe(where, client.engine(), client.tls_description());
    report.steps = steps.steps();
    report.failure = failure;
    try {
        if (client.is_connected()) client.quit();
    } catch (smtp::error const&) {
        // It was usable up to here; a bad answer to QUIT does not change that.
    }
    tell(o, report);
    return failure ? exit_code_of(*failure) : exit_code::ok;
}

}  // namespace

command add_check(CLI::App& program) {
    auto const options = std::make_shared<check_options>();
    CLI::App* const called = program.add_subcommand("check", "Is this server usable, and what would be used of it?");
    called->add_option("server", options->server.server, "smtp://[user@]host[:port], smtps://host, lmtp:///path");
    add_server_options(*called, options->server);
    called->add_flag("--json", options->json, "Tell it as one JSON document on stdout");
    return {called, [options] { return check(*options); }, tell_error};
}

}  // namespace postrider::app
