#include <postrider/core/error.hpp>
#include <utility>

#include "server_fixture.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;
using namespace std::literals;

namespace {

std::string after_ehlo(std::string_view octets, server_engine::options o = {}) {
    server_peer peer(std::move(o));
    peer.lines({"EHLO x"});
    return peer.say(octets);
}

constexpr auto no_cr = "500 5.5.2 a line ends with CR and LF";

}  // namespace

TEST_CASE("hazard 8: LF alone ends no command, and nothing of such a line is run") {
    CHECK(after_ehlo("NOOP\n") == no_cr);
    CHECK(after_ehlo("NOOP\nMAIL FROM:<a@x>\r\nNOOP\r\n") == no_cr + " | 250 2.0.0 ok"s);
    CHECK(after_ehlo("NOOP\nNOOP\n") == no_cr + " | "s + no_cr);
    CHECK(after_ehlo("\nNOOP\r\nRSET\r\n") == no_cr + " | 250 2.0.0 forgotten"s);
    CHECK(after_ehlo("NOOP\nNOOP\r\n", relaxed()) == "250 2.0.0 ok | 250 2.0.0 ok");
}

TEST_CASE("hazard 12: a command without an end is refused, skipped, and in the end cut off") {
    server_peer peer;
    peer.lines({"EHLO x"});
    std::string const block(64 * 1024, 'a');
    CHECK(peer.say(block) == "500 5.5.2 the line is too long");
    CHECK(peer.say("\r\nNOOP\r\n") == "250 2.0.0 ok");
    CHECK(peer.say(block) == "500 5.5.2 the line is too long");
    std::string last;
    for (int i = 0; i < 160 && !peer.finished(); ++i) last = peer.say(block);
    CHECK(last == "421 4.7.0 localhost that line does not end");
    CHECK(peer.finished());
    CHECK(peer.how() == postrider::errc::limit_reached);
}

TEST_CASE("a command line has 2048 octets, CRLF included") {
    CHECK(after_ehlo("NOOP " + std::string(2041, 'x') + "\r\nNOOP\r\n") == "250 2.0.0 ok | 250 2.0.0 ok");
    CHECK(after_ehlo("NOOP " + std::string(2042, 'x') + "\r\nNOOP\r\n") ==
          "500 5.5.2 the line is too long | 250 2.0.0 ok");
}

TEST_CASE("hazard 20: commands that bring no message nearer end") {
    for (auto const* verb : {"NOOP\r\n", "RSET\r\n", "EHLO y\r\n", "VRFY a@x\r\n", "HELP\r\n"}) {
        server_peer peer;
        for (int i = 0; i < 99; ++i) CHECK_FALSE(peer.say("EHLO x\r\n").starts_with("421"));
        CHECK_FALSE(peer.say(verb).starts_with("421"));
        CHECK(peer.say(verb) == "421 4.7.0 localhost too many commands without a message");
        CHECK(peer.finished());
        CHECK(peer.how() == postrider::errc::limit_reached);
    }
}

TEST_CASE("an accepted message begins the counts anew") {
    server_engine::options o;
    o.max_idle_commands = 3;
    o.max_errors = 2;
    server_peer peer(o);
    for (int i = 0; i < 5; ++i) {
        CHECK_FALSE(peer.lines({"EHLO x", "NOOP", "NOOP", "FOO"}).find("421") != std::string::npos);
        CHECK(peer.lines({"MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA", "."}).ends_with("250 2.0.0 kept"));
    }
}

TEST_CASE("hazard 19: refused commands are answered later and later, and end the session") {
    server_peer peer;
    peer.handler.refused_recipient = "b@x";
    peer.lines({"EHLO x", "MAIL FROM:<a@x>"});
    for (int i = 1; i < 20; ++i) {
        CHECK(peer.lines({"RCPT TO:<b@x>"}) == "550 5.1.1 no such user");
        CHECK(peer.waited() == (i > 10 ? 1s : 0s));
    }
    CHECK(peer.lines({"RCPT TO:<b@x>", "QUIT"}) == "550 5.1.1 no such user | 421 4.7.0 localhost too many errors");
    CHECK(peer.finished());
    CHECK(peer.handler.calls == "hello mail abort");

    server_peer patient(relaxed());
    patient.handler.refused_recipient = "b@x";
    patient.lines({"EHLO x", "MAIL FROM:<a@x>"});
    for (int i = 0; i < 500; ++i) patient.lines({"RCPT TO:<b@x>", "NOOP"});
    CHECK_FALSE(patient.finished());
    CHECK(patient.waited() == 0s);
}

TEST_CASE("hazard 19: refusals that share a flight are waited for together") {
    server_peer peer;
    std::string all = "EHLO x\r\nMAIL FROM:<a@x>\r\n";
    for (int i = 0; i < 14; ++i) all += "RCPT TO:<b@x>\r\n";
    peer.handler.refused_recipient = "b@x";
    peer.say(all);
    CHECK(peer.waited() == 4s);
    CHECK(peer.lines({"NOOP"}) == "250 2.0.0 ok");
    CHECK(peer.waited() == 0s);
}

TEST_CASE("hazard 21: an HTTP request is no dialogue") {
    for (auto const* request :
         {"GET / HTTP/1.1\r\nHost: x\r\n\r\nEHLO x\r\n", "POST /x HTTP/1.1\r\n\r\nMAIL FROM:<a@x>\r\n",
          "CONNECT x:25 HTTP/1.1\r\n\r\n", "get / http/1.0\n"}) {
        server_peer peer(relaxed());
        CHECK(peer.say(request) == "220 localhost ESMTP Postrider | 421 4.7.0 localhost this is no web server");
        CHECK(peer.finished());
        CHECK(peer.handler.calls.empty());
    }
}

TEST_CASE("hazard 22: nothing but hello is run before hello") {
    server_peer peer;
    CHECK(peer.lines({"MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA", "EHLO x"})
              .find("503 5.5.1 EHLO comes first | 503 5.5.1 EHLO comes first | 503 5.5.1 EHLO comes first | "
                    "250-localhost") != std::string::npos);
    CHECK(peer.handler.calls == "hello");
}

TEST_CASE("hazard 33: the order of a transaction is kept") {
    CHECK(after_ehlo("RCPT TO:<b@x>\r\n") == "503 5.5.1 MAIL comes first");
    CHECK(after_ehlo("DATA\r\n") == "503 5.5.1 MAIL comes first");
    CHECK(after_ehlo("MAIL FROM:<a@x>\r\nDATA\r\n") == "250 2.1.0 sender ok | 554 5.5.1 no recipient was accepted");
    CHECK(after_ehlo("MAIL FROM:<a@x>\r\nRSET\r\nRCPT TO:<b@x>\r\n") ==
          "250 2.1.0 sender ok | 250 2.0.0 forgotten | 503 5.5.1 MAIL comes first");
}

TEST_CASE("hazard 34: a second MAIL is refused, and the first stays") {
    server_peer peer;
    peer.lines({"EHLO x", "MAIL FROM:<a@x>"});
    CHECK(peer.lines({"MAIL FROM:<evil@x>"}) == "503 5.5.1 there is a MAIL already");
    peer.lines({"RCPT TO:<b@x>", "DATA", "."});
    CHECK(peer.handler.messages[0].from_whom_to_whom.reverse_path == "a@x");
}

TEST_CASE("EHLO again begins anew, and a refused one leaves things as they are") {
    server_peer peer;
    peer.lines({"EHLO x", "MAIL FROM:<a@x>"});
    CHECK(peer.lines({"EHLO"}) == "501 5.5.4 that is not the name of a host");
    CHECK(peer.engine.in_transaction());
    peer.lines({"EHLO y"});
    CHECK_FALSE(peer.engine.in_transaction());
    CHECK(peer.handler.calls == "hello mail abort hello");
}

TEST_CASE("hazard 36: what is no UTF-8 is no command") {
    CHECK(after_ehlo("MAIL FROM:<\xff@x> SMTPUTF8\r\n") == "500 5.5.2 a command is text");
    CHECK(after_ehlo("NOOP \xc3\r\n") == "500 5.5.2 a command is text");
}

TEST_CASE("hazard 39: NUL in a command refuses it") {
    CHECK(after_ehlo("MAIL FROM:<a@x\0>\r\n"s) == "500 5.5.2 a command is text");
    CHECK(after_ehlo("NO\0OP\r\nNOOP\r\n"s) == "500 5.5.2 a command is text | 250 2.0.0 ok");
}

TEST_CASE("hazard 48: nobody is told who is here") {
    CHECK(after_ehlo("VRFY a@x\r\n") == "252 2.0.0 cannot verify; send, and it will be tried");
    CHECK(after_ehlo("EXPN staff\r\n") == "502 5.5.1 EXPN is not offered");
}

TEST_CASE("hazard 49: a client's name is harmless, or refused") {
    for (auto const& name : {""s, "a\tb"s, "a\rb"s, "a b"s, "x(comment)"s, "a;b"s, std::string(256, 'a'), "\"x\""s,
                             "<x>"s, "\x7f"s, "测试"s}) {
        CAPTURE(name);
        CHECK(server_peer().say("EHLO " + name + "\r\n") ==
              "220 localhost ESMTP Postrider | 501 5.5.4 that is not the name of a host");
    }
    CHECK(server_peer().say("HELO " + std::string(65536, 'a') + "\r\n") ==
          "220 localhost ESMTP Postrider | 500 5.5.2 the line is too long");
    for (auto const& name : {"localhost"s, "[192.0.2.1]"s, "[IPv6:::1]"s, "my_host"s, "a.b-c.example"s})
        CHECK(server_peer().say("HELO " + name + "\r\n").ends_with("250 localhost"));
}

TEST_CASE("hazard 59: TLS on the port for clear text is told so at its first octet") {
    server_peer peer;
    CHECK(peer.say("\x16\x03\x01") ==
          "220 localhost ESMTP Postrider | 421 4.7.0 localhost speaks in clear here; TLS begins with STARTTLS");
    CHECK(peer.finished());
}

TEST_CASE("hazard 60: nobody tells us who he is on behalf of") {
    CHECK(after_ehlo("XCLIENT ADDR=127.0.0.1\r\n") == "550 5.7.0 not from a stranger");
    CHECK(after_ehlo("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r\n") == "550 5.7.0 not from a stranger");
}
