#include "webhooks.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iostream>
#include <postrider/net/tls.hpp>

#include "exit_codes.hpp"
#include "https_request.hpp"

namespace postrider::app {
namespace {

using devserver::webhook_options;

void post(std::string const& url, std::string const& body, net::tls_options const& tls,
          webhook_options::deadline until) {
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    https_wishes wishes;
    wishes.timeout = std::max(left, std::chrono::milliseconds(1));
    auto const answer = post_json(url, body, tls, wishes);
    if (answer.status / 100 != 2) throw error(exit_code::try_later, "it answers " + std::to_string(answer.status));
}

/// A slip in the file is told before anything begins, not with the first message.
net::tls_options trusting(std::string const& ca_file) {
    net::tls_options tls;
    tls.ca_file = ca_file;
    std::string why;
    if (!ca_file.empty() && !net::client_tls(tls, why))
        throw error(exit_code::config, "--webhook-ca-file " + ca_file + ": " + why, "give a PEM file of certificates");
    return tls;
}

}  // namespace

void add_webhook_options(CLI::App& command, webhook_arguments& into) {
    command
        .add_option("--webhook", into.urls,
                    "Tell this http:// or https:// URL of each message, by POST of JSON; may be repeated")
        ->expected(1)
        ->take_all()
        ->type_name("URL");
    command
        .add_option("--webhook-ca-file", into.ca_file,
                    "For https:// webhooks, trust the certificates in this PEM file, not the system's")
        ->type_name("FILE");
}

webhook_options webhooks_to(webhook_arguments const& given) {
    for (auto const& url : given.urls) need_http_url(url);
    auto tell = [tls = trusting(given.ca_file)](std::string const& url, std::string const& body,
                                                webhook_options::deadline until) { post(url, body, tls, until); };
    return {given.urls, tell, [](std::string_view line) { std::cerr << "postrider: " + std::string(line) + "\n"; }};
}

}  // namespace postrider::app
