#include "deliver.hpp"

#include <cstdio>
#include <memory>
#include <optional>

#include "terminal/progress.hpp"
#include "text.hpp"

namespace postrider::app {
namespace {

void take_failure(send_outcome& outcome, smtp::failed const& failed) {
    outcome.failure = failed.failure;
    if (!failed.report.recipients.empty()) outcome.report.recipients = failed.report.recipients;
}

void draw_on_stderr(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
}

/// Draws how far a long message is, where there is somebody to see it.
smtp::content_watch progress_for(bool wanted) {
    auto const columns = wanted ? terminal_columns() : std::nullopt;
    if (!columns) return {};
    return [columns](std::unique_ptr<octet_reader> content) {
        return std::make_unique<progress_reader>(std::move(content), draw_on_stderr, *columns);
    };
}

void send_content(smtp::client& client, outgoing const& mail, bool show_progress, send_outcome& outcome) {
    auto const sent = client.try_send(mail, progress_for(show_progress));
    if (sent) {
        outcome.report.recipients = sent->recipients;
        outcome.report.size = sent->size;
    } else {
        take_failure(outcome, sent.error());
    }
}

smtp::failed no_xclient(smtp::errc kind, std::string detail, std::optional<smtp::reply> said) {
    smtp::failure failure;
    failure.code = make_error_code(kind);
    failure.detail = std::move(detail);
    failure.said = std::move(said);
    return {failure, {}, {}};
}

/// Behind XCLIENT the session begins anew, as if the client that it names had connected.          Postfix XCLIENT_README
std::optional<smtp::failed> claim(smtp::client& client, std::string const& attributes) {
    if (attributes.empty()) return std::nullopt;
    if (!client.has_extn("XCLIENT"))
        return no_xclient(smtp::errc::not_supported, "the server offers us no XCLIENT; it must be told to trust us",
                          {});
    try {
        auto said = client.docmd("XCLIENT", attributes);
        if (said.code == 220) said = client.ehlo();
        if (said.is_positive()) return std::nullopt;
        return no_xclient(smtp::errc::response_error, {}, std::move(said));
    } catch (smtp::error const& failed) {
        return smtp::failed{failed.failure(), {}, {}};
    }
}

}  // namespace

smtp::report nothing_sent(outgoing const& mail) {
    smtp::report report;
    report.message_id = mail.wire.message_id();
    report.size = mail.wire.size();
    for (auto const& path : mail.envelope.forward_paths) {
        smtp::recipient_report recipient;
        recipient.address = path.address;
        report.recipients.push_back(std::move(recipient));
    }
    return report;
}

send_outcome nothing_yet(server_choice const& where, outgoing const& mail) {
    send_outcome outcome;
    outcome.server = to_string(where.url);
    outcome.advice = advice_for(where.login);
    outcome.report = nothing_sent(mail);
    return outcome;
}

std::optional<smtp::failed> open_session(smtp::client& client, server_choice const& where, std::string const& secret,
                                         tell_step const& tell) {
    tell("connecting to " + to_string(where.url) + ", " + where.why);
    auto const greeted = client.try_connect(where.url);
    if (!greeted) return greeted.error();
    tell(client.engine().secure() ? "under TLS: " + client.tls_description() : std::string("in clear"));
    if (auto failed = claim(client, where.xclient)) return failed;
    if (where.user.empty()) return std::nullopt;
    auto const logged_in = client.try_login(credentials_for(where, secret));
    if (!logged_in) return logged_in.error();
    tell("logged in as " + where.user);
    return std::nullopt;
}

void part_politely(smtp::client& client) {
    try {
        if (client.is_connected()) client.quit();
    } catch (smtp::error const&) {
    }
}

send_outcome deliver(server_choice const& where, std::string const& secret, outgoing const& mail, bool show_progress,
                     tell_step const& tell) {
    send_outcome outcome = nothing_yet(where, mail);
    smtp::client client(where.options);
    if (auto const failed = open_session(client, where, secret, tell)) {
        take_failure(outcome, *failed);
    } else {
        tell("sending " + human_size(static_cast<double>(mail.wire.size())));
        send_content(client, mail, show_progress, outcome);
    }
    part_politely(client);
    return outcome;
}

}  // namespace postrider::app
