#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "client/fronts.hpp"
#include "client/mail_server.hpp"

using namespace postrider;
using namespace postrider::test;

/// Messages of many chunks: replies are read between two of them without a wait, in clear and under TLS, by the blocking
/// and the awaiting client alike.

namespace {

constexpr std::size_t much = 12'000'000;

mime::message large_mail() {
    auto mail = small_mail();
    mail.attach_data("large.bin", std::string(much, 'x'));
    return mail;
}

struct chunking_server {
    chunking_server(bool under_tls, std::string const& to_chunks)
        : listening(options()), server(talk(under_tls, to_chunks), listening) {}

    static dialogue talk(bool under_tls, std::string const& to_chunks) {
        dialogue said;
        said.tls_first = under_tls;
        said.extensions = {"PIPELINING", "CHUNKING", "8BITMIME"};
        if (!to_chunks.empty()) said.replies = {{"BDAT", to_chunks}};
        return said;
    }
    listen_options options() const {
        listen_options options;
        options.shown = &shown;
        return options;
    }
    smtp::client_options trusting() const {
        smtp::client_options options;
        options.local_hostname = "me.example";
        options.timeout = std::chrono::seconds{20};
        options.tls.ca_file = shown.file;
        return options;
    }
    std::size_t octets_heard() const {
        auto const heard = server.heard();
        return std::accumulate(heard.begin(), heard.end(), std::size_t{0},
                               [](std::size_t sum, std::string const& one) { return sum + one.size(); });
    }
    std::ptrdiff_t said(std::string_view verb) const {
        auto const heard = server.heard();
        return std::ranges::count_if(heard, [&](std::string const& line) { return line.starts_with(verb); });
    }

    certificate shown;
    listen_options listening;
    mail_server server;
};

std::string url_of(chunking_server const& there, bool under_tls) {
    return under_tls ? there.server.url("smtps") : there.server.url() + "?starttls=off";
}

}  // namespace

TEST_CASE_TEMPLATE("a message of many chunks arrives whole", Front, blocking_client, awaiting_client) {
    for (bool under_tls : {false, true}) {
        CAPTURE(under_tls);
        chunking_server there(under_tls, "");
        Front front;
        REQUIRE(front.connect(url_of(there, under_tls), there.trusting()));
        for (int i = 1; i <= 2; ++i) {
            auto const sent = front.send(large_mail());
            REQUIRE(sent.has_value());
            CHECK(sent->all_accepted());
            CHECK(there.octets_heard() > i * much);
        }
        CHECK(there.said("EHLO") == 1);
    }
}

TEST_CASE_TEMPLATE("a message whose first chunk is refused stops there, and its session goes on", Front,
                   blocking_client, awaiting_client) {
    for (bool under_tls : {false, true}) {
        CAPTURE(under_tls);
        chunking_server there(under_tls, "552 5.3.4 too big");
        Front front;
        REQUIRE(front.connect(url_of(there, under_tls), there.trusting()));
        for (int i = 0; i < 2; ++i) {
            auto const sent = front.send(large_mail());
            REQUIRE(sent.has_error());
            CHECK(sent.error().failure.kind() == smtp::errc::data_error);
            CHECK(sent.error().report.refused().size() == 1);
            CHECK(front.is_connected());
        }
        CHECK(there.octets_heard() < much);
        CHECK(there.said("RSET") == 2);
        CHECK(there.said("EHLO") == 1);
    }
}
