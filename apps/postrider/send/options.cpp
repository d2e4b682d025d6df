#include "options.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace postrider::app {
namespace {

/// Options that may be given again and again, each time with one value. CLI11 by itself would let one swallow all that
/// follows.
CLI::Option* add_list(CLI::App& command, char const* name, std::vector<std::string>& into, char const* help) {
    return command.add_option(name, into, help)->expected(1)->take_all();
}

void add_people(CLI::App& command, send_options& into) {
    command.add_option("--from", into.from, "Who writes: 'Name <a@b>' or a@b")->type_name("ADDRESS")->group("Message");
    add_list(command, "--to", into.to, "Who reads; a list with commas is fine, and so is a second --to")
        ->type_name("ADDRESSES")
        ->group("Message");
    add_list(command, "--cc", into.cc, "Who gets a copy")->type_name("ADDRESSES")->group("Message");
    add_list(command, "--bcc", into.bcc, "Who gets a copy that nobody sees")->type_name("ADDRESSES")->group("Message");
    add_list(command, "--reply-to", into.reply_to, "Where answers go")->type_name("ADDRESSES")->group("Message");
    command.add_option("--to-file", into.to_file, "More --to from a file, one a line; - is stdin")
        ->type_name("FILE")
        ->group("Message");
    command.add_option("--bcc-file", into.bcc_file, "More --bcc from a file, one a line; - is stdin")
        ->type_name("FILE")
        ->group("Message");
}

void add_content(CLI::App& command, send_options& into) {
    command.add_option("--subject", into.subject, "What it is about, in UTF-8")->type_name("TEXT")->group("Message");
    auto* const text = command.add_option("--text", into.text, "The body as text")->type_name("TEXT")->group("Message");
    auto* const html = command.add_option("--html", into.html, "The body as HTML; beside text, readers choose")
                           ->type_name("HTML")
                           ->group("Message");
    command.add_option("--text-file", into.text_file, "The text from a file; - is stdin")
        ->excludes(text)
        ->type_name("FILE")
        ->group("Message");
    command.add_option("--html-file", into.html_file, "The HTML from a file; - is stdin")
        ->excludes(html)
        ->type_name("FILE")
        ->group("Message");
    add_list(command, "--inline", into.inline_files, "What the HTML shows as <img src='cid:CID'>")
        ->type_name("CID=FILE")
        ->group("Message");
    add_list(command, "--attach", into.attachments, "Attach a file, of any size")->type_name("FILE")->group("Message");
    add_list(command, "--header", into.headers, "'Name: value': one more header field")
        ->type_name("FIELD")
        ->group("Message");
    auto* const eml = command
                          .add_option("--eml", into.eml,
                                      "Send this message file as it is, without Bcc, to --to, --cc and --bcc, else to "
                                      "whom it names; - is stdin. Of a Maildir, an mbox or a folder of *.eml, each one")
                          ->type_name("FILE|FOLDER")
                          ->group("Message");
    for (char const* other : {"--subject", "--text", "--text-file", "--html", "--html-file", "--inline", "--attach",
                              "--header", "--reply-to"})
        eml->excludes(command.get_option(other));
}

void add_direct(CLI::App& command, send_options& into) {
    auto* const direct =
        command
            .add_flag(
                "--direct", into.direct,
                "To the mail servers of each recipient's domain, as DNS, DANE and MTA-STS say, over no server of ours")
            ->group("Direct delivery");
    for (char const* other : {"--server", "--account", "--provider", "--user", "--starttls"})
        direct->excludes(command.get_option(other));
    add_direct_options(command, into.direct_way);
    command
        .add_option("--policy-file", into.policy_file,
                    "Keep MTA-STS policies here. Without it: $XDG_STATE_HOME/postrider/mta-sts")
        ->type_name("FILE")
        ->group("Direct delivery");
}

}  // namespace

void add_send_options(CLI::App& command, send_options& into) {
    add_people(command, into);
    add_content(command, into);
    add_dkim_options(command, into.dkim);
    add_delivery_wishes(command, into.delivery);
    command
        .add_option("--server", into.server.server,
                    "smtp://[user@]host[:port], smtps://host, lmtp://host, lmtp:///path")
        ->type_name("URL")
        ->group("Server");
    add_server_options(command, into.server);
    add_direct(command, into);
    command
        .add_option("--hold-rate", into.hold_rate, "Of many messages, send so many in a second, a minute or an hour")
        ->type_name("N/s|N/min|N/h")
        ->group("Delivery");
    auto* const json = command.add_flag("--json", into.json, "Tell what became of it as one JSON document on stdout");
    auto* const dry = command.add_flag("--dry-run", into.dry_run, "Send nothing; print the exact octets on stdout");
    dry->excludes(json);
    command.add_flag("-q,--quiet", into.quiet, "Say nothing of those who were accepted");
    command.add_flag("-v,--verbose", into.verbose, "Say on stderr what is being done");
    command.footer(R"(The server is the one of --server, --account or --provider; without these, of the account in
$XDG_CONFIG_HOME/postrider/config.toml whose `from` is the sender, of its default_account, the provider
that the sender's domain belongs to, or the server of that domain that its DNS names for mail programs.

Examples:
  postrider send --server smtp://localhost:1025 --from me@example.com --to you@example.net \
      --subject 'Hello' --text 'How are you?'
  postrider send --from me@qq.com --to you@example.net --password-command 'pass show qq' \
      --subject 报告 --text-file letter.txt --attach 报告.pdf

Exit codes: 0 all accepted, 1 some refused, 64 usage, 65 bad data, 66 no input, 67 all refused,
68 host unknown, 69 unavailable or refused for good, 74 I/O, 75 try again later or in doubt,
76 protocol or TLS, 77 login refused, 78 configuration.)");
}

}  // namespace postrider::app
