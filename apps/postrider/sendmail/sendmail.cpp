#include "sendmail.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>
#include <memory>
#include <postrider/mime/raw.hpp>

#include "arguments.hpp"
#include "commands.hpp"
#include "config.hpp"
#include "dkim/options.hpp"
#include "explain.hpp"
#include "files.hpp"
#include "send/deliver.hpp"
#include "server/choice.hpp"
#include "stdio_session.hpp"
#include "submission.hpp"
#include "terminal/transcript.hpp"

namespace postrider::app {
namespace {

/// Up to a line with a dot alone, unless that is content.
std::string read_message(bool dot_is_content) {
    if (dot_is_content) return read_file("-");
    std::string octets;
    for (std::string line; std::getline(std::cin, line);) {
        if (line == "." || line == ".\r") break;
        octets += line;
        if (!std::cin.eof()) octets += '\n';
    }
    if (std::cin.bad()) throw error(exit_code::io_error, "reading stdin failed");
    return octets;
}

bool any_wish(delivery_wishes const& wish) {
    return !wish.notify.empty() || !wish.return_content.empty() || !wish.envelope_id.empty();
}

/// One message's way out, over the server of the account that its sender has.
class outlet {
public:
    outlet(server_options const& server, sendmail_arguments const& asked)
        : server_(server), asked_(asked), configured_(load_config(server.config_file)) {}

    submitter who_submits(std::string const& sender) const {
        return submitter_for(configured_.chosen(server_.account, sender));
    }

    /// DSN is asked for where the server has it; a server without it is asked for delivery alone.
    send_outcome send(smtp::envelope envelope, std::string octets) const {
        std::string const& sender = envelope.reverse_path;
        account const* const a = configured_.chosen(server_.account, sender);
        server_choice where = choose_server(server_, configured_, sender);
        transcript dialogue(std::cerr);
        if (asked_.verbose || server_.transcript) where.options.trace = &dialogue;

        outgoing plain{std::move(envelope), mime::wire_from_octets(std::move(octets))};
        plain.wire = signed_by(signers_for({}, a, sender), std::move(plain.wire));
        auto const secret = secret_for(where, std::cerr);
        if (any_wish(asked_.wishes)) {
            outgoing wished = plain;
            smtp::ask_for(options_of(asked_.wishes), wished.envelope);
            auto outcome = deliver(where, secret, wished, false, [](std::string_view) {});
            if (!outcome.failure || outcome.failure->kind() != smtp::errc::not_supported) return outcome;
        }
        return deliver(where, secret, plain, false, [](std::string_view) {});
    }

private:
    server_options const& server_;
    sendmail_arguments const& asked_;
    config configured_;
};

exit_code tell(send_outcome const& outcome) {
    if (std::string const line = explain(outcome); !line.empty()) std::cerr << "sendmail: " << line << '\n';
    exit_code const code = exit_code_of(outcome.report, outcome.failure);
    // A caller that knew 1 for "try again" would send it twice to those who have it.
    return code == exit_code::some_refused ? exit_code::no_user : code;
}

exit_code send_one(outlet const& out, sendmail_arguments const& asked) {
    std::string octets = read_message(asked.dot_is_content);
    auto const who = out.who_submits(stated_sender(asked, octets));
    auto envelope = envelope_of(asked, octets, who);
    return tell(out.send(std::move(envelope), completed(std::move(octets), who, asked.full_name)));
}

smtp::reply answer_to(send_outcome const& outcome) {
    auto const line = explain(outcome);
    if (line.empty()) return smtp::reply_of(250, smtp::enhanced_code{2, 0, 0}, "sent");
    if (exit_code_of(outcome.report, outcome.failure) == exit_code::try_later)
        return smtp::reply_of(451, smtp::enhanced_code{4, 0, 0}, line);
    return smtp::reply_of(554, smtp::enhanced_code{5, 0, 0}, line);
}

exit_code serve(outlet const& out, sendmail_arguments const& asked) {
    auto const submit = [&](smtp::envelope const& named, std::string octets) -> smtp::reply {
        try {
            auto const who = out.who_submits(named.reverse_path);
            smtp::envelope envelope{named.reverse_path, named.forward_paths, {}};
            return answer_to(out.send(std::move(envelope), completed(std::move(octets), who, asked.full_name)));
        } catch (error const& wrong) {
            return smtp::reply_of(451, smtp::enhanced_code{4, 3, 0}, explain(wrong));
        }
    };
    return serve_on_stdio(out.who_submits({}).domain, submit);
}

exit_code sendmail(server_options const& server, std::vector<std::string> const& classic) {
    auto const asked = parse_sendmail_arguments(classic);
    using enum sendmail_arguments::mode;
    if (asked.what == aliases) return exit_code::ok;
    if (asked.what == queue) return std::cout << "Mail queue is empty" << std::endl, exit_code::ok;
    outlet const out(server, asked);
    return asked.what == session ? serve(out, asked) : send_one(out, asked);
}

void tell_caller(error const& wrong, bool) {
    std::cerr << "sendmail: " << explain(wrong) << '\n';
}

}  // namespace

sendmail_line split_sendmail_line(CLI::App const& sendmail, std::vector<std::string> words, bool called_sendmail) {
    if (called_sendmail) return {{"sendmail"}, std::move(words)};
    if (words.empty() || words.front() != sendmail.get_name()) return {std::move(words), {}};
    std::size_t at = 1;
    while (at < words.size() && words[at].size() > 2 && words[at].starts_with("--")) {
        auto const* const option = sendmail.get_option_no_throw(words[at]);
        at += option && option->get_expected_min() > 0 ? 2 : 1;
    }
    auto const border = words.begin() + static_cast<std::ptrdiff_t>(std::min(at, words.size()));
    return {{words.begin(), border}, {border, words.end()}};
}

command add_sendmail(CLI::App& program, std::shared_ptr<std::vector<std::string>> classic) {
    auto const server = std::make_shared<server_options>();
    CLI::App* const called = program.add_subcommand("sendmail", "Stand in for /usr/sbin/sendmail");
    called->add_option("--server", server->server, "smtp://[user@]host[:port], smtps://host, lmtp://host, lmtp:///path")
        ->type_name("URL")
        ->group("Server");
    add_server_options(*called, *server);
    called->footer(R"(Behind these come sendmail's own, and only those:
  -t            to whom To, Cc and Bcc say, and to those of the command line
  -i, -oi       a line with a dot alone does not end the message
  -f, -r ADDR   the envelope's sender
  -F NAME       the full name, for a message without From
  -N, -R, -V    delivery status notifications, where the server has them
  -v            show the dialogue
  -bm, -bs      take a message (as without), or SMTP, from stdin
  -q, -bp, -bi  nothing: there is no queue here, and there are no aliases
The rest of sendmail's letters are taken and change nothing. A message without From, Date or Message-ID gets one;
Bcc goes. Also called by the name sendmail, and then sendmail's options are all there are.

The server is that of the account whose `from` sends the message, else of the default account. Its `from` is the
envelope's sender unless -f names another; mail for a bare name (root) goes to its local_mail_to.)");
    return {called, [server, classic] { return sendmail(*server, *classic); }, tell_caller};
}

}  // namespace postrider::app
