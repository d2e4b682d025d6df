#include "server_report.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <cstdio>
#include <postrider/proto/sasl/mechanism.hpp>
#include <postrider/proto/smtp/escape.hpp>

#include "json_report.hpp"
#include "text.hpp"
#include "utf8.hpp"

namespace postrider::app {
namespace {

namespace json = boost::json;

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
                                net::is_loopback(where.url.where) || where.options.allow_clear_text_login_dangerously;
        if (!may_travel) report.mechanism_why += ", but a password may not travel without TLS";
    }
}

std::string joined(std::vector<std::string> const& words) {
    std::string line;
    for (auto const& word : words) line += (line.empty() ? "" : " ") + word;
    return line;
}

char const* use_of(std::string_view keyword) {
    if (keyword == "size") return "used: told with each message";
    if (keyword == "8bitmime") return "used for 8-bit content";
    if (keyword == "smtputf8") return "used for addresses beyond ASCII";
    if (keyword == "auth") return "used to log in";
    if (keyword == "starttls") return "used where it is required or asked for";
    if (keyword == "enhancedstatuscodes") return "used: read from each reply";
    return "not used";
}

std::string line(char const* what, std::string const& value) {
    char room[64];
    std::snprintf(room, sizeof room, "%-14s", what);
    return room + value + "\n";
}

std::string steps_to_text(std::vector<session_step> const& steps) {
    std::string text;
    for (auto const& step : steps) {
        char room[64];
        std::snprintf(room, sizeof room, "%-10s %8.1f ms  ", smtp::escaped(step.name).c_str(), step.took.count());
        text += room + smtp::escaped(step.said) + "\n";
    }
    return text;
}

}  // namespace

server_report describe(server_choice const& where, smtp::client_engine const& engine, std::string tls) {
    server_report report;
    report.server = to_string(where.url);
    report.why = where.why;
    report.advice = advice_for(where.login);
    report.tls = std::move(tls);
    report.certificate_verified = !report.tls.empty() && !where.options.tls.accept_any_certificate_dangerously;
    smtp::extensions const& offered = engine.ehlo_extensions();
    report.extensions = offered.all();
    report.mechanisms_offered = offered.auth_mechanisms();
    report.size_limit = offered.size_limit();
    choose_mechanism(report, where, engine.secure());
    return report;
}

std::string to_text(server_report const& report) {
    std::string text = steps_to_text(report.steps);
    if (report.extensions.empty()) return text;
    text += "\n" + line("TLS", report.tls.empty()
                                   ? "none: this session is in clear"
                                   : report.tls + (report.certificate_verified ? ", certificate verified"
                                                                               : ", certificate not verified"));
    text += line("Login", (report.mechanism.empty() ? "none" : report.mechanism) + ": " + report.mechanism_why);
    if (!report.mechanisms_offered.empty())
        text += line("", "offered: " + smtp::escaped(joined(report.mechanisms_offered)));
    if (!report.advice.empty()) text += line("", report.advice);
    text += line("Largest mail", report.size_limit ? human_size(static_cast<double>(*report.size_limit)) : "not said");
    for (auto const& [keyword, parameters] : report.extensions) {
        std::string const offered = keyword + (parameters.empty() ? "" : " " + parameters);
        text += line("Extension", smtp::escaped(offered) + "  (" + use_of(keyword) + ")");
    }
    return text;
}

json::object to_json(server_report const& report) {
    json::array steps;
    for (auto const& step : report.steps)
        steps.push_back({{"name", valid_utf8(step.name)}, {"ms", step.took.count()}, {"said", valid_utf8(step.said)}});
    json::object extensions;
    for (auto const& [keyword, parameters] : report.extensions)
        extensions[valid_utf8(keyword)] = valid_utf8(parameters);
    json::array offered;
    for (auto const& mechanism : report.mechanisms_offered) offered.push_back(json::string(valid_utf8(mechanism)));
    auto const or_null = [](std::string const& text) { return text.empty() ? json::value() : json::value(text); };
    return {
        {"server", report.server},
        {"usable", !report.failure},
        {"steps", std::move(steps)},
        {"tls", or_null(report.tls)},
        {"certificate_verified", report.certificate_verified},
        {"extensions", std::move(extensions)},
        {"auth", {{"offered", std::move(offered)}, {"used", or_null(report.mechanism)}, {"why", report.mechanism_why}}},
        {"size_limit", report.size_limit ? json::value(*report.size_limit) : json::value()},
        {"error", report.failure ? json::value(to_json(*report.failure)) : json::value()}};
}

}  // namespace postrider::app
