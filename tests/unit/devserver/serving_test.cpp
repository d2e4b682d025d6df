#include <doctest/doctest.h>

#include <chrono>

#include "running.hpp"

/// What HTTP is told over real sockets.

using namespace postrider;
using devserver::catch_options;
using std::chrono::seconds;
using namespace std::string_literals;

TEST_CASE("hazard 200: metrics are there for who asked for them, and tell no secret") {
    running without;
    CHECK(ask(without.server.http(), "GET", "/metrics").status == 404);
    catch_options options;
    options.metrics = true;
    options.login = {"anna", "s3cret"};
    running with(options);
    auto const page = ask(with.server.http(), "GET", "/metrics");
    CHECK(page.status == 200);
    for (auto const& secret : {"s3cret"s, "anna"s, with.server.token()})
        CHECK(page.body.find(secret) == std::string::npos);
}

TEST_CASE("wait answers with the message that comes, or the one that is there, or 404") {
    running on;
    dialogue waiting(on.server.http());
    waiting.write("GET /api/v1/wait?to=later@*&timeout=20 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(on.get("wait?to=later@*&timeout=0").status == 404);
    auto talk = greeted(on);
    deliver(talk, "Subject: not you\r\n\r\n", "other@example.net");
    deliver(talk, "Subject: you\r\n\r\n", "later@example.net");
    CHECK(waiting.until("\r\n\r\n").starts_with("HTTP/1.1 200 "));
    CHECK(waiting.until("\n").find("\"subject\":\"you\"") != std::string::npos);
    CHECK(on.get("wait?subject=NOT&timeout=0").json().at("subject") == "not you");
}

TEST_CASE("events tell of what comes and goes") {
    running on;
    dialogue events(on.server.http());
    events.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    auto head = events.until("retry: 1000\n\n");
    CHECK(head.find("text/event-stream") != std::string::npos);
    auto talk = greeted(on);
    auto id = deliver(talk, "Subject: news\r\n\r\n").substr(18);
    CHECK(events.until("\n\n").starts_with("event: added\ndata: {\"id\":\"" + id + "\""));
    CHECK(on.change("DELETE", "messages/" + id).status == 200);
    CHECK(events.until("\n\n") == "event: removed\ndata: {\"id\":\"" + id + "\"}\n\n");
}

TEST_CASE("requests on one connection are answered in their order") {
    running on;
    dialogue talk(on.server.http());
    talk.write(
        "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /api/v1/messages HTTP/1.1\r\nHost: localhost\r\n\r\nGET /x "
        "HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    CHECK(talk.until("\r\n\r\n").find("text/html") != std::string::npos);
    CHECK(talk.until("\r\n\r\n").starts_with("HTTP/1.1 200 "));
    CHECK(talk.until("\n") == "{\"total\":0,\"unread\":0,\"messages\":[]}\n");
    CHECK(talk.rest().starts_with("HTTP/1.1 404 "));
}

TEST_CASE("what is not HTTP is answered once, and closed") {
    running on;
    dialogue talk(on.server.http());
    talk.write("EHLO client.example\r\n\r\n");
    CHECK(talk.rest().starts_with("HTTP/1.1 400 "));
}

TEST_CASE("hazard 59: a TLS hello on the plain port ends in an error and no crash") {
    running on;
    {
        dialogue talk(on.server.smtp());
        talk.reply();
        talk.write(std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n", 13));
        CHECK(talk.reply()[0] >= '4');
    }
    dialogue talk(on.server.http());
    talk.write(std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11));
    talk.write("\r\n\r\n");
    CHECK(talk.rest().starts_with("HTTP/1.1 400 "));
    CHECK(greeted(on).say("NOOP").starts_with("250 "));
}

TEST_CASE("hazard 197: a request that never ends is cut off after its time, and others go on meanwhile") {
    running on;
    dialogue slow(on.server.http());
    slow.write("GET / HTTP/1.1\r\nHost: local");
    CHECK(on.get("messages").status == 200);
    auto start = std::chrono::steady_clock::now();
    CHECK(slow.rest().starts_with("HTTP/1.1 408 "));
    CHECK(std::chrono::steady_clock::now() - start < seconds(15));
}
