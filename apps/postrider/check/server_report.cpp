#include "server_report.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <postrider/proto/sasl/mechanism.hpp>
#include <postrider/proto/smtp/escape.hpp>

#include "certificate_page.hpp"
#include "extension_use.hpp"
#include "json_report.hpp"
#include "step_page.hpp"
#include "terminal/utf8.hpp"
#include "text.hpp"

namespace postrider::app {
namespace {

namespace json = boost::json;

constexpr std::size_t name_width = 14;

/// The first mechanism that both sides know and the user allows, as login would choose it.
void choose_mechanism(server_report& report, server_choice const& where, bool secure) {
    std::vector<std::string> const& wanted = where.options.mechanisms;
    sasl::channel_bindings const could_bind{secure ? "TLS" : "", {}};
    auto const usable = sasl::candidates(report.mechanisms_offered, wanted, credentials_for(where, {}), could_bind);
    if (report.mechanisms_offered.empty()) {
        report.mechanism_why = "the server offers no login here";
    } else if (usable.empty()) {
        report.mechanism_why = "none of those offered is known or allowed";
    } else {
        report.mechanism = usable.front();
        report.mechanism_why = "the best of those that both sides know";
        bool const may_travel = !sasl::make_client(report.mechanism, {})->reveals_secret() || secure ||
                                (net::is_loopback(where.url.where) && !where.options.proxy) ||
                                where.options.allow_clear_text_login_dangerously;
        if (!may_travel) report.mechanism_why += ", but a password may not travel without TLS";
    }
}

std::string joined(std::vector<std::string> const& words) {
    std::string line;
    for (auto const& word : words) line += (line.empty() ? "" : " ") + word;
    return line;
}

std::string line(char const* what, std::string const& value) {
    std::string name(what);
    name.resize(name_width, ' ');
    return name + value + "\n";
}

std::string tls_to_text(server_report const& report) {
    if (!report.peer) return line("TLS", "none: this session is in clear");
    std::string const words(words_for(report.peer->trust));
    std::string const resumed = report.peer->resumed ? ", a former session resumed" : "";
    return line("TLS", report.peer->protocol + " " + report.peer->cipher + ", " + words + resumed) +
           certificate_to_text(*report.peer, report.now, name_width);
}

std::string limits_to_text(server_report const& report) {
    auto const said = [](std::optional<std::uint64_t> limit) { return limit ? std::to_string(*limit) : "not said"; };
    return line("Largest mail", report.size_limit ? human_size(static_cast<double>(*report.size_limit)) : "not said") +
           line("Recipients", said(report.recipient_limit) + " a message") +
           line("Messages", said(report.message_limit) + " a session");
}

json::value limit_or_null(std::optional<std::uint64_t> limit) {
    return limit ? json::value(*limit) : json::value();
}

}  // namespace

server_report describe(server_choice const& where, smtp::client_engine const& engine, std::optional<net::tls_peer> peer,
                       std::chrono::system_clock::time_point now) {
    server_report report;
    report.server = to_string(where.url);
    report.why = where.why;
    report.advice = advice_for(where.login);
    report.peer = std::move(peer);
    report.now = now;
    smtp::extensions const& offered = engine.ehlo_extensions();
    report.extensions = offered.all();
    report.mechanisms_offered = offered.auth_mechanisms();
    report.size_limit = offered.size_limit();
    report.recipient_limit = offered.limit("RCPTMAX");
    report.message_limit = offered.limit("MAILMAX");
    choose_mechanism(report, where, engine.secure());
    return report;
}

std::string to_text(server_report const& report) {
    std::string text = line("Server", report.server + ", " + report.why) + "\n" + to_text(report.steps);
    // A certificate that was refused is what the failure is about: it is shown even where the session ended there.
    if (report.extensions.empty()) return report.peer ? text + "\n" + tls_to_text(report) : text;
    text += "\n" + tls_to_text(report);
    text += line("Login", (report.mechanism.empty() ? "none" : report.mechanism) + ": " + report.mechanism_why);
    if (!report.mechanisms_offered.empty())
        text += line("", "offered: " + smtp::escaped(joined(report.mechanisms_offered)));
    if (!report.advice.empty()) text += line("", report.advice);
    text += limits_to_text(report);
    for (auto const& [keyword, parameters] : report.extensions) {
        std::string const offered = keyword + (parameters.empty() ? "" : " " + parameters);
        text += line("Extension", smtp::escaped(offered) + "  (" + std::string(use_of(keyword)) + ")");
    }
    return text;
}

json::object to_json(server_report const& report) {
    json::object extensions;
    for (auto const& [keyword, parameters] : report.extensions)
        extensions[valid_utf8(keyword)] = valid_utf8(parameters);
    json::array offered;
    for (auto const& mechanism : report.mechanisms_offered) offered.push_back(json::string(valid_utf8(mechanism)));
    auto const or_null = [](std::string const& text) { return text.empty() ? json::value() : json::value(text); };
    return {
        {"server", report.server},
        {"why", report.why},
        {"usable", !report.failure},
        {"steps", to_json(report.steps)},
        {"tls", report.peer ? json::value(report.peer->protocol + " " + report.peer->cipher) : json::value()},
        {"certificate_verified", report.peer && report.peer->trust != net::tls_trust::nobody},
        {"certificate", report.peer ? certificate_to_json(*report.peer, report.now) : json::value()},
        {"extensions", std::move(extensions)},
        {"auth", {{"offered", std::move(offered)}, {"used", or_null(report.mechanism)}, {"why", report.mechanism_why}}},
        {"size_limit", limit_or_null(report.size_limit)},
        {"recipient_limit", limit_or_null(report.recipient_limit)},
        {"message_limit", limit_or_null(report.message_limit)},
        {"error", report.failure ? json::value(to_json(*report.failure)) : json::value()}};
}

}  // namespace postrider::app
