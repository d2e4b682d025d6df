#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <map>
#include <postrider/devserver/lookups.hpp>
#include <postrider/lint.hpp>

#include "address.hpp"
#include "commands.hpp"
#include "dns/records.hpp"
#include "mail_source.hpp"
#include "page.hpp"

namespace postrider::app {
namespace {

struct lint_options {
    std::string file;
    lint::level least = lint::level::notice;
    bool json = false;
    bool dns = false, links = false;
    std::string dns_file, dns_server;
    std::string spamd;
    std::string mail_from;
    bool has_envelope = false;
};

lint::outside calls_of(lint_options const& o) {
    lint::outside calls;
    if (!o.dns_file.empty())
        calls.texts = records_of_file(o.dns_file);
    else if (o.dns || !o.dns_server.empty())
        calls.texts = ask_dns(o.dns_server);
    if (o.links) calls.links = devserver::follow_links();
    if (!o.spamd.empty()) calls.spam = devserver::ask_spamd(parse_address(o.spamd));
    return calls;
}

exit_code examine(lint_options const& o) {
    auto ended = exit_code::ok;
    auto const calls = calls_of(o);
    mail_source(o.file, mail_format::message).for_each([&](found_message const& found) {
        lint::subject subject;
        subject.octets = found.octets;
        if (o.has_envelope) subject.envelope = lint::envelope{o.mail_from, {}};
        auto const report = lint::examine(subject, calls);
        if (o.json)
            std::cout << boost::json::serialize(lint::to_json(report)) << '\n';
        else
            std::cout << lint_page(report, o.least, palette(wants_colour(colour_choice::automatic)));
        if (report.counts()[static_cast<unsigned>(lint::level::error)] > 0) ended = exit_code::bad_data;
    });
    std::cout << std::flush;
    return ended;
}

void add_arguments(CLI::App& called, std::shared_ptr<lint_options> const& o) {
    static const std::map<std::string, lint::level> levels{
        {"notice", lint::level::notice}, {"warning", lint::level::warning}, {"error", lint::level::error}};
    called.add_option("file", o->file, "The message; - is stdin")->required();
    called
        .add_option_function<std::string>(
            "--level", [o](std::string const& word) { o->least = levels.at(word); },
            "Tell what weighs as much as this, or more: notice|warning|error")
        ->check(CLI::IsMember(levels))
        ->type_name("LEVEL");
    called.add_flag("--json", o->json, "All that was found, and what mail clients support of it, as one JSON document");
    called.add_flag("--dns", o->dns, "Look up DKIM keys and the DMARC policy in the DNS");
    auto* const file =
        called.add_option("--dns-file", o->dns_file, "The same, with records from a file: 'NAME RECORD' a line")
            ->type_name("FILE");
    called.add_option("--dns-server", o->dns_server, "The same, from this server and not the machine's")
        ->excludes(file)
        ->type_name("IP[:PORT]");
    called.add_flag("--links", o->links,
                    "Follow the links; addresses that are not of the public internet are not asked");
    called.add_option("--spamd", o->spamd, "Have SpamAssassin's daemon here score it")->type_name("HOST:PORT");
    auto const from = [o](std::string const& path) { o->mail_from = path, o->has_envelope = true; };
    called.add_option_function<std::string>("--mail-from", from, "The envelope's sender; '' is the null reverse-path")
        ->type_name("ADDRESS");
}

}  // namespace

command add_lint(CLI::App& program) {
    auto const o = std::make_shared<lint_options>();
    CLI::App* const called =
        program.add_subcommand("lint", "Check a message: what is wrong with it, by which rule, where");
    add_arguments(*called, o);
    called->footer("Ends with 65 if an error stands. docs/checks.md lists what is checked.");
    return {called, [o] { return examine(*o); }, tell_error};
}

}  // namespace postrider::app
