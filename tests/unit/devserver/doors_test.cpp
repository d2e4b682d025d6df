#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <thread>

#include "running.hpp"

/// Who comes in, by which door, and how TLS and logins go there.

using namespace postrider;
using devserver::catch_options;
using devserver::catch_server;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("hazard 19: refusals without number do not end a session here") {
    catch_options options;
    std::string why;
    options.rules = {*devserver::parse_refuse_rule("*=550 5.1.1 no", why)};
    running on(options);
    auto talk = greeted(on);
    CHECK(talk.say("MAIL FROM:<me@example.com>").starts_with("250"));
    for (int i = 0; i < 200; ++i) REQUIRE(talk.say("RCPT TO:<x@example.net>") == "550 5.1.1 no");
}

TEST_CASE("STARTTLS shows the certificate that was made at start") {
    running on;
    auto talk = greeted(on);
    CHECK(talk.say("STARTTLS").starts_with("220 "));
    talk.start_tls(on.server.certificate_pem());
    CHECK(talk.stream().secure());
    CHECK(talk.say("EHLO client.example").starts_with("250 "));
    CHECK(deliver(talk, "Subject: secret\r\n\r\n").starts_with("250 "));
    CHECK(talk.say("QUIT").starts_with("221 "));
    CHECK(on.server.wait_for(1, seconds(5)).at(0).subject == "secret");
}

TEST_CASE("--smtps speaks TLS before its greeting, offers no STARTTLS, and keeps what comes") {
    catch_options options;
    options.smtps = net::endpoint{"127.0.0.1", 0, {}};
    running on(options);
    dialogue talk(on.server.smtps());
    talk.start_tls(on.server.certificate_pem());
    CHECK(talk.reply().starts_with("220 "));
    CHECK(talk.say("EHLO client.example").starts_with("250 "));
    CHECK(talk.say("STARTTLS").starts_with("50"));
    CHECK(deliver(talk, "Subject: from the first octet\r\n\r\n").starts_with("250 2.0.0 kept as "));
    CHECK(on.server.wait_for(1, seconds(5)).at(0).subject == "from the first octet");
}

TEST_CASE("hazard 51: a message that goes in circles is refused, and not kept") {
    running on;
    auto talk = greeted(on);
    auto const with_received = [](int count) {
        std::string octets;
        for (int i = 0; i < count; ++i) octets += "received: from a by b;\r\n Sat, 21 Nov 2026 08:00:00 +0000\r\n";
        return octets + "Subject: around\r\n\r\nReceived: no field\r\n";
    };
    CHECK(deliver(talk, with_received(51)).starts_with("554 5.4.6 "));
    CHECK(on.get("messages").json().at("total") == 0);
    CHECK(deliver(talk, with_received(50)).starts_with("250 "));
}

TEST_CASE(
    "hazard 53: the fifty-first connection from one address elsewhere is told 421; this machine's own are not "
    "counted") {
    catch_options options;
    options.manners.proxy_protocol = true;
    running on(options);
    std::vector<std::unique_ptr<dialogue>> open;
    auto const reply_to = [&](std::string const& address) {
        open.push_back(std::make_unique<dialogue>(on.server.smtp()));
        open.back()->write("PROXY TCP4 " + address + " 192.0.2.254 1000 25\r\n");
        return open.back()->reply();
    };
    for (int i = 0; i < 50; ++i) REQUIRE(reply_to("192.0.2.1").starts_with("220 "));
    CHECK(reply_to("192.0.2.1").starts_with("421 4.7.0 "));
    CHECK(reply_to("192.0.2.2").starts_with("220 "));
    for (int i = 0; i < 60; ++i) REQUIRE(reply_to("127.0.0.1").starts_with("220 "));
    open.erase(open.begin());
    bool is_let_in = false;
    for (int i = 0; i < 500 && !is_let_in; ++i, std::this_thread::sleep_for(milliseconds(10)))
        is_let_in = reply_to("192.0.2.1").starts_with("220 ");
    CHECK(is_let_in);
}

TEST_CASE("hazard 59: clear text where TLS begins at once gets an alert and the end, no reply") {
    catch_options options;
    options.smtps = net::endpoint{"127.0.0.1", 0, {}};
    running on(options);
    dialogue talk(on.server.smtps());
    talk.write("EHLO client.example\r\nMAIL FROM:<me@example.com>\r\n");
    CHECK(talk.rest().find("250") == std::string::npos);
    CHECK(greeted(on).say("NOOP").starts_with("250 "));
}

TEST_CASE("a peer that never begins its handshake does not keep the server from ending") {
    catch_options options;
    options.smtps = net::endpoint{"127.0.0.1", 0, {}};
    auto begin = std::chrono::steady_clock::now();
    {
        running on(options);
        dialogue silent(on.server.smtps());
        greeted(on);
    }
    CHECK(std::chrono::steady_clock::now() - begin < seconds(5));
}

TEST_CASE("--lmtp answers for each recipient after the dot") {
    catch_options options;
    options.lmtp = net::endpoint{"127.0.0.1", 0, {}};
    running on(options);
    dialogue talk(on.server.lmtp());
    CHECK(talk.reply().starts_with("220 "));
    CHECK(talk.say("EHLO client.example").starts_with("500 "));
    CHECK(talk.say("LHLO client.example").starts_with("250 "));
    CHECK(talk.say("MAIL FROM:<me@example.com>").starts_with("250 "));
    CHECK(talk.say("RCPT TO:<a@example.net>").starts_with("250 "));
    CHECK(talk.say("RCPT TO:<b@example.net>").starts_with("250 "));
    CHECK(talk.say("DATA").starts_with("354 "));
    talk.write("Subject: for two\r\n\r\n");
    CHECK(talk.say(".").starts_with("250 2.0.0 kept as "));
    CHECK(talk.reply().starts_with("250 2.0.0 kept as "));
    CHECK(on.server.messages().size() == 1);
    CHECK(on.server.messages().at(0).to == texts{"a@example.net", "b@example.net"});
}

TEST_CASE("AUTH in the clear on loopback takes any login, or the one that was asked for") {
    std::string const right = "AG1lAHNlY3JldA==", wrong = "AG1lAHdyb25n";  // NUL me NUL secret, NUL me NUL wrong
    running anyone;
    CHECK(greeted(anyone).say("AUTH PLAIN " + wrong).starts_with("235 "));
    catch_options options;
    options.login = {"me", "secret"};
    running one(options);
    CHECK(greeted(one).say("AUTH PLAIN " + wrong).starts_with("535 "));
    CHECK(greeted(one).say("AUTH PLAIN " + right).starts_with("235 "));
}

TEST_CASE("a port that is taken is told, by name") {
    running on;
    catch_options options;
    options.smtp = on.server.smtp();
    options.http.port = 0;
    catch_server second(options);
    std::string why;
    CHECK(second.start(why) == std::errc::address_in_use);
    CHECK(why.find(to_string(on.server.smtp())) != std::string::npos);
}

TEST_CASE("hazard 190: both ports are on loopback unless told otherwise") {
    running on;
    CHECK(on.server.smtp().host == "127.0.0.1");
    CHECK(on.server.http().host == "127.0.0.1");
    CHECK(catch_options().smtp.port == 1025);
    CHECK(catch_options().http.port == 8025);
}
