#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <postrider/mime/address.hpp>
#include <postrider/proto/smtp/escape.hpp>

#include "bulk/send.hpp"
#include "commands.hpp"
#include "compose.hpp"
#include "config.hpp"
#include "deliver.hpp"
#include "direct/delivery.hpp"
#include "explain.hpp"
#include "json_report.hpp"
#include "numbers.hpp"
#include "options.hpp"
#include "staged_dialogue.hpp"
#include "terminal/print_octets.hpp"
#include "terminal/transcript.hpp"

namespace postrider::app {
namespace {

/// Whose letter it is when --from does not say: the owner's of the account that was named, or of the default one.
std::string default_from(send_options const& o, config const& c) {
    std::string const& name = o.server.account.empty() ? c.default_account : o.server.account;
    return name.empty() ? std::string() : c.named(name).from;
}

/// A line for each recipient: "accepted  a@b  250 2.0.0 ok".
void print_recipients(smtp::report const& report, bool quiet) {
    auto const print = [](char const* what, auto const& recipient) {
        std::cout << what << "  " << smtp::escaped(recipient.address);
        if (recipient.said) std::cout << "  " << smtp::escaped(to_string(*recipient.said));
        std::cout << '\n';
    };
    if (!quiet)
        for (auto const& recipient : report.accepted()) print("accepted", recipient);
    for (auto const& recipient : report.refused()) print("refused ", recipient);
    std::cout.flush();
}

void tell(send_options const& o, send_outcome const& outcome) {
    if (o.json) {
        std::cout << boost::json::serialize(to_json(outcome)) << std::endl;
    } else {
        print_recipients(outcome.report, o.quiet);
    }
    if (std::string const line = explain(outcome); !line.empty()) std::cerr << "postrider: " << line << '\n';
}

/// What is signed keeps the form that was signed.
void sign(outgoing& mail, std::vector<dkim::signer> const& signers) {
    if (signers.empty()) return;
    mail.wire = signed_by(signers, std::move(mail.wire));
    mail.message.reset();
}

exit_code send_directly(send_options const& o, outgoing const& mail, tell_step const& say) {
    if (o.end.any()) throw error(exit_code::usage, "--direct delivers, and cannot stop before that", "give --server");
    direct_way way(o);
    transcript dialogue(std::cerr);
    if (o.server.transcript) way.trace_to(dialogue);
    send_outcome const outcome = deliver_directly(mail, way, over_a_session(way), say);
    way.remember();
    tell(o, outcome);
    return exit_code_of_direct(outcome);
}

exit_code send(send_options const& o) {
    config const configured = load_config(o.server.config_file);
    if (names_a_folder(o)) return send_folder(o, configured);
    outgoing mail = compose(o, default_from(o, configured));
    std::string const& sender = mail.envelope.reverse_path;
    sign(mail, signers_for(o.dkim, configured.chosen(o.server.account, sender), sender));
    if (o.dry_run) return print_octets(mail.wire), exit_code::ok;

    tell_step const say = [&](std::string_view line) {
        if (o.verbose) std::cerr << "postrider: " << smtp::escaped(line) << '\n';
    };
    if (o.direct) return send_directly(o, mail, say);
    server_choice where = choose_server(o.server, configured, mail.envelope.reverse_path);
    transcript dialogue(std::cerr);
    if (o.server.transcript) where.options.trace = &dialogue;
    bool const lines_may_mix = o.server.transcript;
    auto const secret = secret_for(where, std::cerr);
    if (o.end.any()) {
        send_outcome const outcome = rehearse(where, secret, mail, o.end, say);
        tell(o, outcome);
        return outcome.failure ? exit_code_of(outcome.report, outcome.failure) : exit_code::ok;
    }
    send_outcome const outcome = deliver(where, secret, mail, !lines_may_mix, say);
    tell(o, outcome);
    return exit_code_of(outcome.report, outcome.failure);
}

void add_folder_options(CLI::App& command, send_options& into) {
    command.add_option("--connections", into.connections, "Send a folder's messages over so many connections at once")
        ->transform(whole_number(1, 100))
        ->type_name("N")
        ->group("Folders");
    command.add_option("--report", into.report_file, "Write what became of each message here, a line of JSON each")
        ->type_name("FILE")
        ->group("Folders");
}

}  // namespace

command add_send(CLI::App& program) {
    auto const options = std::make_shared<send_options>();
    CLI::App* const called = program.add_subcommand("send", "Compose a message, or take one, and send it");
    add_send_options(*called, *options);
    add_dialogue_end(*called, options->end);
    add_folder_options(*called, *options);
    auto const tell_wrong = [](error const& wrong, bool as_json) {
        if (as_json) std::cout << boost::json::serialize(to_json(wrong)) << std::endl;
        tell_person(wrong);
    };
    return {called, [options] { return send(*options); }, tell_wrong};
}

}  // namespace postrider::app
