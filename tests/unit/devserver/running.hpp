#pragma once
#include <doctest/doctest.h>

#include <postrider/devserver/catch_all.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dialogue.hpp"

/// A dev server in this process, and what tests say to it.

namespace postrider {

/// Serves on free ports until its scope ends.
struct running {
    explicit running(devserver::catch_options options = {}) : server(on_free_ports(std::move(options))) {
        server.start();
        server.run_in_background();
    }
    static devserver::catch_options on_free_ports(devserver::catch_options options) {
        options.smtp.port = options.http.port = 0;
        return options;
    }
    http_answer get(std::string const& target) { return ask(server.http(), "GET", "/api/v1/" + target); }
    http_answer change(std::string const& method, std::string const& target, std::string const& body = {}) {
        auto const fields = "Postrider-Token: " + server.token() + "\r\nContent-Type: application/json\r\n";
        return ask(server.http(), method, "/api/v1/" + target, fields, body);
    }

    devserver::catch_server server;
};

/// A session that was greeted and has said EHLO.
inline dialogue greeted(running const& on) {
    dialogue talk(on.server.smtp());
    CHECK(talk.reply().starts_with("220 "));
    CHECK(talk.say("EHLO client.example").starts_with("250 "));
    return talk;
}

/// The reply to the final dot of a message sent in `talk`.
inline std::string deliver(dialogue& talk, std::string_view stuffed, std::string_view to = "you@example.net") {
    CHECK(talk.say("MAIL FROM:<me@example.com>").starts_with("250 "));
    CHECK(talk.say("RCPT TO:<" + std::string(to) + ">").starts_with("250 "));
    CHECK(talk.say("DATA").starts_with("354 "));
    talk.write(stuffed);
    return talk.say(".");
}

/// The dialogue that the API tells, a line each: "C: " or "S: " and what was said.
inline std::vector<std::string> lines_of(http_answer const& transcript) {
    std::vector<std::string> lines;
    auto const told = transcript.json();
    for (auto const& line : told.as_array())
        lines.push_back((line.at("from") == "client" ? "C: " : "S: ") + std::string(line.at("line").as_string()));
    return lines;
}

}  // namespace postrider
