#include <doctest/doctest.h>
#include <sys/resource.h>

#include "running.hpp"

/// What becomes of messages that a running server takes.

using namespace postrider;
using devserver::catch_options;
using namespace std::string_literals;

namespace {

using texts = std::vector<std::string>;

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
