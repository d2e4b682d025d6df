#include "catch_webhooks.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iostream>

#include "exit_codes.hpp"
#include "https_request.hpp"

namespace postrider::app {
namespace {

void post(std::string const& url, std::string const& body, devserver::webhook_options::deadline until) {
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    https_wishes wishes;
    wishes.timeout = std::max(left, std::chrono::milliseconds(1));
    auto const answer = post_json(url, body, {}, wishes);
    if (answer.status / 100 != 2) throw error(exit_code::try_later, "it answers " + std::to_string(answer.status));
}

}  // namespace

void add_webhook_option(CLI::App& command, std::vector<std::string>& into) {
    command
        .add_option("--webhook", into,
                    "Tell this http:// or https:// URL of each message, by POST of JSON; may be repeated")
        ->expected(1)
        ->take_all()
        ->type_name("URL");
}

devserver::webhook_options webhooks_to(std::vector<std::string> const& urls) {
    for (auto const& url : urls) need_http_url(url);
    return {urls, post, [](std::string_view line) { std::cerr << "postrider: " + std::string(line) + "\n"; }};
}

}  // namespace postrider::app
