#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <optional>
#include <postrider/client/smtp.hpp>
#include <postrider/core/host.hpp>

#include "commands.hpp"
#include "config.hpp"
#include "direct/route.hpp"
#include "dns/query.hpp"
#include "domain_report.hpp"
#include "explain.hpp"
#include "json_report.hpp"
#include "send/deliver.hpp"
#include "server/choice.hpp"
#include "server_report.hpp"
#include "session_steps.hpp"
#include "terminal/transcript.hpp"

namespace postrider::app {
namespace {

struct check_options {
    server_options server;
    direct_options direct;
    bool dns_only = false, json = false;
};

void tell(check_options const& o, server_report const& report) {
    if (o.json) {
        std::cout << boost::json::serialize(to_json(report)) << std::endl;
    } else {
        std::cout << to_text(report) << std::flush;
    }
    if (report.failure) std::cerr << "postrider: not usable: " << explain(*report.failure, report.advice) << '\n';
}

exit_code check_server(check_options const& o) {
    server_choice where = choose_server(o.server, load_config(o.server.config_file), {});
    auto const secret = secret_for(where, std::cerr);

    transcript dialogue(std::cerr);
    step_clock steps(o.server.transcript ? &dialogue : nullptr);
    where.options.trace = &steps;
    smtp::client client(where.options);
    auto const failed = open_session(client, where, secret, [](std::string_view) {});
    auto const failure = failed ? std::optional(failed->failure) : std::nullopt;
    server_report report = describe(where, client.engine(), client.tls_peer(), system_host().now());
    report.steps = steps.steps();
    report.failure = failure;
    part_politely(client);
    tell(o, report);
    return failure ? exit_code_of(*failure) : exit_code::ok;
}

/// A server far away that does not answer is no reason to wait as long as a delivery would.
void be_impatient(smtp::client_options& options) {
    if (!options.timeout) options.timeout = std::chrono::seconds{20};
}

exit_code check_domain(check_options const& o) {
    transcript dialogue(std::cerr);
    inquiry_options how{o.direct, o.dns_only, connection_options(o.server)};
    be_impatient(how.client);
    if (o.server.transcript) how.client.trace = &dialogue;
    dns_query const dns(o.server.resolver);
    domain_report const report = inquire(o.server.server, dns.calls(), how);
    if (o.json) {
        std::cout << boost::json::serialize(to_json(report)) << std::endl;
    } else {
        std::cout << to_text(report) << std::flush;
    }
    if (!report.failure) return exit_code::ok;
    tell_person(*report.failure);
    return report.failure->code();
}

exit_code check(check_options const& o) {
    return names_a_domain(o.server.server) ? check_domain(o) : check_server(o);
}

}  // namespace

command add_check(CLI::App& program) {
    auto const options = std::make_shared<check_options>();
    CLI::App* const called = program.add_subcommand(
        "check", "Is this server usable, and what would be used of it? Who takes a domain's mail, and how?");
    called->add_option(
        "server", options->server.server,
        "smtp://[user@]host[:port], smtps://host, lmtp:///path, host:port; or the name of a mail domain, "
        "of which DNS, its MTA-STS policy and its servers are asked: who would get mail for it, and why");
    add_server_options(*called, options->server);
    add_direct_options(*called, options->direct);
    called->add_flag("--dns-only", options->dns_only, "Of a domain, ask DNS alone and none of its servers")
        ->group("Direct delivery");
    called->add_flag("--json", options->json, "Tell it as one JSON document on stdout");
    return {called, [options] { return check(*options); }, tell_error};
}

}  // namespace postrider::app
