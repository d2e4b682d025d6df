#include <doctest/doctest.h>

#include "client/fronts.hpp"
#include "client/mail_server.hpp"
#include "client/named.hpp"
#include "client/refused.hpp"

using namespace postrider;
using namespace postrider::test;
using lines = std::vector<std::string>;

/// Logins, for the blocking and the awaiting client alike.

TEST_CASE_TEMPLATE("a URL with a password logs in", Front, blocking_client, awaiting_client) {
    dialogue said;
    said.extensions = {"AUTH PLAIN"};
    mail_server server(said);
    Front front;
    auto opened = front.connect("smtp://u:p@" + server.address(), named());
    REQUIRE(opened);
    CHECK(opened->code == 235);
    CHECK(server.after_hello() == lines{"AUTH PLAIN AHUAcA=="});
}

TEST_CASE_TEMPLATE("a login tries each mechanism that the server takes none of, and fails with the last answer", Front,
                   blocking_client, awaiting_client) {
    dialogue said;
    said.extensions = {"AUTH LOGIN PLAIN"};
    said.replies = {{"AUTH", "504 5.5.4 not taken"}};
    mail_server server(said);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    auto outcome = front.login("u", "p");
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().failure.kind() == smtp::errc::authentication_error);
    CHECK(outcome.error().failure.said->code == 504);
    CHECK(front.is_connected());
    CHECK(server.after_hello() == lines{"AUTH PLAIN AHUAcA==", "AUTH LOGIN dQ=="});
}

TEST_CASE_TEMPLATE("a password that was refused is not shown again", Front, blocking_client, awaiting_client) {
    dialogue said;
    said.extensions = {"AUTH LOGIN PLAIN"};
    said.replies = {{"AUTH", "535 5.7.8 no"}};
    mail_server server(said);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    CHECK(front.login("u", "p").error().failure.said->code == 535);
    CHECK(server.after_hello() == lines{"AUTH PLAIN AHUAcA=="});
}

TEST_CASE_TEMPLATE("a token logs in, and the password mechanisms stay out of it", Front, blocking_client,
                   awaiting_client) {
    dialogue said;
    said.extensions = {"AUTH LOGIN PLAIN XOAUTH2"};
    mail_server server(said);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    sasl::credentials const who{"u", {}, {}, [](bool) { return postrider::result<std::string>("ya29"); }};
    CHECK(front.login(who));
    CHECK(server.after_hello() == lines{"AUTH XOAUTH2 dXNlcj11AWF1dGg9QmVhcmVyIHlhMjkBAQ=="});
}

TEST_CASE_TEMPLATE("a login without AUTH is not_supported", Front, blocking_client, awaiting_client) {
    mail_server server({});
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    CHECK(front.login("u", "p").error().failure.kind() == smtp::errc::not_supported);
}

// 127.1 leads to loopback, and the client does not know it: it stands for any host that can be overheard.
TEST_CASE_TEMPLATE("hazard 70: no secret travels in clear to another host", Front, blocking_client, awaiting_client) {
    dialogue said;
    said.extensions = {"AUTH PLAIN"};
    mail_server server(said);
    auto elsewhere = "smtp://127.1:" + std::to_string(server.port());
    CHECK(failure_to_connect<Front>(elsewhere).kind() == smtp::errc::tls_error);  // STARTTLS is required there

    Front front;
    REQUIRE(front.connect(elsewhere + "?starttls=off", named()));
    auto refused = front.login("u", "p");
    REQUIRE(refused.has_error());
    CHECK(refused.error().failure.kind() == smtp::errc::authentication_error);
    CHECK(server.after_hello().empty());
    front.client().close();

    auto options = named();
    options.allow_clear_text_login_dangerously = true;
    REQUIRE(front.connect(elsewhere + "?starttls=off", options));
    CHECK(front.login("u", "p"));
}
