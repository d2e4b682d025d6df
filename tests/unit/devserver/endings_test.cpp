#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "running.hpp"

/// How servers and sessions end, and what is left of a message then.

using namespace postrider;
using devserver::catch_options;
using devserver::catch_server;
using std::chrono::seconds;

TEST_CASE("--for ends after so many messages, and lets the session say goodbye") {
    catch_options options;
    options.stop_after = 2;
    catch_server server(running::on_free_ports(options));
    server.start();
    std::thread runs([&] { server.run(); });
    {
        dialogue talk(server.smtp());
        talk.reply();
        talk.say("EHLO client.example");
        CHECK(deliver(talk, "1\r\n").starts_with("250 "));
        CHECK(deliver(talk, "2\r\n").starts_with("250 "));
        CHECK(talk.say("NOOP").starts_with("250 "));
        CHECK(talk.say("QUIT").starts_with("221 "));
    }
    runs.join();
    CHECK(server.accepted() == 2);
    CHECK(server.messages().size() == 2);
}

TEST_CASE("what comes after the last message that was wanted is told 421, and not taken") {
    catch_options options;
    options.stop_after = 1;
    running on(options);
    auto first = greeted(on), second = greeted(on), third = greeted(on);
    for (auto command : {"MAIL FROM:<me@example.com>", "RCPT TO:<you@example.net>", "DATA"}) second.say(command);
    CHECK(deliver(first, "1\r\n").starts_with("250 "));
    CHECK(second.say("2\r\n.").starts_with("421 "));
    CHECK(third.say("MAIL FROM:<me@example.com>").starts_with("421 "));
    CHECK(on.server.accepted() == 1);
}

TEST_CASE("stop ends an idle server at once, and tells sessions 421") {
    running on;
    auto talk = greeted(on);
    auto start = std::chrono::steady_clock::now();
    on.server.stop();
    CHECK(talk.line().starts_with("421 4.3.2 "));
    CHECK(talk.line() == "(closed)");
    CHECK(std::chrono::steady_clock::now() - start < seconds(3));
}

TEST_CASE("a server can be stopped before it runs, twice, and moved") {
    catch_server first(running::on_free_ports({}));
    first.start();
    catch_server second(std::move(first));
    second.stop();
    second.stop();
    second.run();
    CHECK(second.accepted() == 0);
}

TEST_CASE("hazard 55: a connection that drops in the content leaves nothing behind") {
    running on;
    {
        auto talk = greeted(on);
        talk.say("MAIL FROM:<me@example.com>");
        talk.say("RCPT TO:<you@example.net>");
        talk.say("DATA");
        talk.write("Subject: half\r\n\r\nhal");
    }
    auto talk = greeted(on);
    deliver(talk, "Subject: whole\r\n\r\n");
    auto kept = on.server.messages();
    REQUIRE(kept.size() == 1);
    CHECK(kept[0].subject == "whole");
}

TEST_CASE("hazard 56: a connection that drops after the dot leaves its message") {
    running on;
    {
        auto talk = greeted(on);
        talk.say("MAIL FROM:<me@example.com>");
        talk.say("RCPT TO:<you@example.net>");
        talk.say("DATA");
        talk.write("Subject: kept\r\n\r\n.\r\n");
    }
    CHECK(on.server.wait_for(1, seconds(5)).size() == 1);
}

TEST_CASE("hazard 58: TLS that ends without a word in the content leaves nothing behind") {
    running on;
    {
        auto talk = greeted(on);
        talk.say("STARTTLS");
        talk.start_tls(on.server.certificate_pem());
        talk.say("EHLO client.example");
        talk.say("MAIL FROM:<me@example.com>");
        talk.say("RCPT TO:<you@example.net>");
        talk.say("DATA");
        talk.write("Subject: half\r\n\r\n");
    }
    greeted(on).say("NOOP");
    CHECK(on.server.messages().empty());
}
