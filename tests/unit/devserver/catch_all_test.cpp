#include <doctest/doctest.h>
#include <sys/resource.h>
#include <postrider/devserver/catch_all.hpp>

#include <chrono>
#include <fstream>
#include <memory>
#include <thread>

#include "dialogue.hpp"

using namespace postrider;
using devserver::catch_options;
using devserver::catch_server;
using std::chrono::milliseconds;
using std::chrono::seconds;
using namespace std::string_literals;

namespace {

using texts = std::vector<std::string>;

struct running {
    explicit running(catch_options options = {}) : server(on_free_ports(std::move(options))) {
        server.start();
        server.run_in_background();
    }
    static catch_options on_free_ports(catch_options options) {
        options.smtp.port = options.http.port = 0;
        return options;
    }
    http_answer get(std::string const& target) { return ask(server.http(), "GET", "/api/v1/" + target); }
    http_answer change(std::string const& method, std::string const& target, std::string const& body = {}) {
        auto const fields = "Postrider-Token: " + server.token() + "\r\nContent-Type: application/json\r\n";
        return ask(server.http(), method, "/api/v1/" + target, fields, body);
    }

    catch_server server;
};

dialogue greeted(running const& on) {
    dialogue talk(on.server.smtp());
    CHECK(talk.reply().starts_with("220 "));
    CHECK(talk.say("EHLO client.example").starts_with("250 "));
    return talk;
}

std::string deliver(dialogue& talk, std::string_view stuffed, std::string_view to = "you@example.net") {
    CHECK(talk.say("MAIL FROM:<me@example.com>").starts_with("250 "));
    CHECK(talk.say("RCPT TO:<" + std::string(to) + ">").starts_with("250 "));
    CHECK(talk.say("DATA").starts_with("354 "));
    talk.write(stuffed);
    return talk.say(".");
}

std::vector<std::string> lines_of(http_answer const& transcript) {
    std::vector<std::string> lines;
    auto const told = transcript.json();
    for (auto const& line : told.as_array())
        lines.push_back((line.at("from") == "client" ? "C: " : "S: ") + std::string(line.at("line").as_string()));
    return lines;
}

long resident_peak_kib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

}  // namespace

TEST_CASE("a message sent by SMTP is there as JSON, octet for octet, with its dialogue") {
    running on;
    auto talk = greeted(on);
    auto reply = deliver(talk, "Subject: =?utf-8?B?5rWL6K+V?=\r\n\r\n..hello\r\nbye\r\n");
    REQUIRE(reply.starts_with("250 2.0.0 kept as "));
    auto id = reply.substr(18);
    CHECK(talk.say("QUIT").starts_with("221 "));
    CHECK(talk.line() == "(closed)");

    auto list = on.get("messages").json();
    CHECK(list.at("total") == 1);
    CHECK(list.at("messages").as_array()[0].at("subject") == "测试");
    CHECK(on.get("messages/" + id + "/raw").body == "Subject: =?utf-8?B?5rWL6K+V?=\r\n\r\n.hello\r\nbye\r\n");
    CHECK(on.get("messages/" + id).json().at("text") == ".hello\r\nbye\r\n");
    auto lines = lines_of(on.get("messages/" + id + "/transcript"));
    for (auto const& said :
         texts{"C: EHLO client.example", "C: MAIL FROM:<me@example.com>", "S: " + reply, "C: QUIT"}) {
        INFO(said);
        CHECK(std::find(lines.begin(), lines.end(), said) != lines.end());
    }
}

TEST_CASE("each message of a session has its own dialogue, and the session's beginning") {
    running on;
    auto talk = greeted(on);
    auto first = deliver(talk, "Subject: 1\r\n\r\n", "first@example.net").substr(18);
    auto second = deliver(talk, "Subject: 2\r\n\r\n", "second@example.net").substr(18);
    auto of_first = lines_of(on.get("messages/" + first + "/transcript"));
    auto of_second = lines_of(on.get("messages/" + second + "/transcript"));
    auto has = [](texts const& lines, std::string const& said) {
        return std::find(lines.begin(), lines.end(), said) != lines.end();
    };
    CHECK(has(of_first, "C: EHLO client.example"));
    CHECK(has(of_second, "C: EHLO client.example"));
    CHECK(has(of_first, "S: 250 2.0.0 kept as " + first));
    CHECK_FALSE(has(of_first, "C: RCPT TO:<second@example.net>"));
    CHECK_FALSE(has(of_second, "C: RCPT TO:<first@example.net>"));
}

TEST_CASE("rules refuse whom they name, with their words; the rest goes on") {
    catch_options options;
    std::string why;
    options.rules = {*devserver::parse_refuse_rule("b@*=550 5.1.1 no such user", why),
                     *devserver::parse_refuse_rule("slow@*=451 4.7.1 later", why)};
    running on(options);
    auto talk = greeted(on);
    CHECK(talk.say("MAIL FROM:<me@example.com>").starts_with("250"));
    CHECK(talk.say("RCPT TO:<a@example.net>").starts_with("250"));
    CHECK(talk.say("RCPT TO:<b@example.net>") == "550 5.1.1 no such user");
    CHECK(talk.say("RCPT TO:<slow@example.net>") == "451 4.7.1 later");
    CHECK(talk.say("DATA").starts_with("354"));
    CHECK(talk.say("hi\r\n.").starts_with("250"));
    CHECK(on.server.messages().at(0).to == texts{"a@example.net"});
}

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

TEST_CASE("a 30 MB message comes back from the API unchanged") {
    running on;
    std::string octets = "Subject: big\r\n\r\n";
    while (octets.size() < 30'000'000)
        octets.append("x\xff\0\n.y ", 7).append(std::to_string(octets.size())).append("\r\n");
    auto talk = greeted(on);
    auto reply = deliver(talk, octets);
    REQUIRE(reply.starts_with("250 "));
    auto raw = on.server.raw(reply.substr(18));
    REQUIRE(raw);
    CHECK(raw->size() == octets.size());
    CHECK((*raw == octets));
    CHECK((on.get("messages/" + reply.substr(18) + "/raw").body == octets));
}

TEST_CASE("hazards 1, 2, 4, 5, 6: odd line ends in content neither end a message nor change it") {
    running on;
    auto talk = greeted(on);
    auto before_dot = "Subject: x\n\n.\nMAIL FROM:<x@y>\n.\r\nhi\0\n.\n\r\r\n"s, after_dot = ".\rhi\r\n"s;
    auto reply = deliver(talk, before_dot + "." + after_dot);
    REQUIRE(reply.starts_with("250 "));
    CHECK(on.server.messages().size() == 1);
    CHECK((on.server.raw(reply.substr(18)) == before_dot + after_dot));
}

TEST_CASE("hazard 8: a bare LF ends a command here") {
    running on;
    dialogue talk(on.server.smtp());
    talk.reply();
    talk.write("EHLO client.example\n");
    CHECK(talk.reply().starts_with("250 "));
}

TEST_CASE("hazard 13: a line as long as a message is kept whole") {
    running on;
    auto talk = greeted(on);
    std::string octets = "Subject: long\r\n\r\n" + std::string(5'000'000, 'a') + "\r\n";
    auto reply = deliver(talk, octets);
    CHECK((on.server.raw(reply.substr(18)) == octets));
}

TEST_CASE("--discard takes any size in flat memory, and keeps the header") {
    catch_options options;
    options.discard = true;
    running on(options);
    auto talk = greeted(on);
    CHECK(talk.say("MAIL FROM:<me@example.com> SIZE=300000000").starts_with("250 "));
    CHECK(talk.say("RCPT TO:<you@example.net>").starts_with("250 "));
    CHECK(talk.say("DATA").starts_with("354 "));
    talk.write("Subject: huge\r\n\r\n");
    std::string chunk;
    while (chunk.size() < 1'000'000) chunk += "0123456789 0123456789 0123456789 0123456789 0123456789\r\n";
    auto before = resident_peak_kib();
    for (int i = 0; i < 200; ++i) talk.write(chunk);
    REQUIRE(talk.say(".").starts_with("250 "));
    CHECK(resident_peak_kib() - before < 8 * 1024);

    auto message = on.server.messages().at(0);
    CHECK(message.subject == "huge");
    CHECK(message.discarded);
    CHECK(message.size == 17 + 200 * chunk.size());
    CHECK_FALSE(on.server.raw(message.id));
    CHECK(on.get("messages/" + message.id + "/raw").status == 410);
}

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

TEST_CASE("a store in a file is there again for the next server") {
    auto file = "postrider_catch_" + std::to_string(::getpid()) + ".db";
    catch_options options;
    options.store_file = file;
    {
        running on(options);
        auto talk = greeted(on);
        deliver(talk, "Subject: kept\r\n\r\n");
    }
    running again(options);
    CHECK(again.server.messages().at(0).subject == "kept");
    CHECK(again.server.accepted() == 0);
    for (auto end : {"", "-wal", "-shm"}) std::remove((file + end).c_str());
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
