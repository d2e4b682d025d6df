#include <doctest/doctest.h>

#include <postrider/devserver/catch_all.hpp>
#include <system_error>
#include <thread>

#include "running.hpp"

/// The server in a program of somebody else's, without its page.

using namespace postrider;
using devserver::catch_options;
using devserver::catch_server;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

catch_server started(bool with_page = false) {
    catch_options options;
    options.serve_http = with_page;
    catch_server server(running::on_free_ports(std::move(options)));
    server.start();
    server.run_in_background();
    return server;
}

void send(catch_server const& to, std::string const& recipient, std::string const& subject) {
    dialogue talk(to.smtp());
    talk.reply();
    for (auto const& command :
         {std::string("EHLO client.example"), std::string("MAIL FROM:<me@example.com>"), "RCPT TO:<" + recipient + '>',
          std::string("DATA"), "Subject: " + subject + "\r\n\r\nhello\r\n.", std::string("QUIT")})
        REQUIRE(talk.say(command)[0] < '4');
}

milliseconds since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin);
}

}  // namespace

TEST_CASE("without a page no port is opened for it, and mail is caught all the same") {
    auto server = started();
    CHECK(server.http().port == 0);
    send(server, "ann@example.net", "hello");
    auto const mail = server.wait_for("to:ann@example.net", seconds(10));
    REQUIRE(mail);
    CHECK(mail->subject == "hello");
    CHECK(server.message(mail->id)->get_content().starts_with("hello"));
}

TEST_CASE("two servers without a page run beside each other, whatever stands in their http") {
    catch_options options;
    options.smtp.port = 0;
    options.serve_http = false;
    options.http = {"no.such.host.invalid", 1, {}};
    catch_server one(options), other(options);
    one.start();
    other.start();
    CHECK(one.smtp().port != other.smtp().port);
}

TEST_CASE("wait_for answers with the newest that a query finds, as soon as it is there") {
    auto server = started();
    send(server, "ann@example.net", "first");
    send(server, "ann@example.net", "second");
    send(server, "bob@example.net", "third");
    server.wait_for(3, seconds(10));
    auto begin = std::chrono::steady_clock::now();
    CHECK(server.wait_for("to:ann", seconds(60))->subject == "second");
    CHECK(since(begin) < seconds(30));

    std::thread later([&] {
        std::this_thread::sleep_for(milliseconds(100));
        send(server, "bob@example.net", "not this one");
        send(server, "carol@example.net", "the one");
    });
    begin = std::chrono::steady_clock::now();
    CHECK(server.wait_for("to:carol subject:one", seconds(60))->subject == "the one");
    CHECK(since(begin) < seconds(30));
    later.join();
}

TEST_CASE("wait_for gives up in time, not before, and tells of a query that makes no sense") {
    auto server = started();
    send(server, "ann@example.net", "hello");
    auto const begin = std::chrono::steady_clock::now();
    CHECK_FALSE(server.wait_for("to:nobody", milliseconds(200)));
    CHECK(since(begin) >= milliseconds(200));
    CHECK(server.wait_for("to:ann", milliseconds(0)));
    CHECK_THROWS_AS(server.wait_for("has:wings", seconds(60)), std::system_error);
    CHECK_THROWS_AS(server.messages("larger:huge"), std::system_error);
}

TEST_CASE("clear leaves nothing for the next test, and tells who listens; what is counted goes on") {
    auto server = started(true);
    send(server, "ann@example.net", "of the former test");
    auto const id = server.wait_for(1, seconds(10)).at(0).id;
    dialogue events(server.http());
    events.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    events.until("retry: 1000\n\n");

    server.clear();
    CHECK(server.messages().empty());
    CHECK_FALSE(server.raw(id));
    CHECK_FALSE(server.message(id));
    CHECK_FALSE(server.wait_for("to:ann", milliseconds(50)));
    CHECK(events.until("\n\n") == "event: cleared\ndata: {}\n\n");
    CHECK(server.accepted() == 1);

    send(server, "ann@example.net", "of the next test");
    CHECK(server.wait_for(2, seconds(10)).size() == 1);
    CHECK(server.wait_for("to:ann", seconds(10))->subject == "of the next test");
}
