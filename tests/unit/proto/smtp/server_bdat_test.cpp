#include "server_fixture.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;
using namespace std::string_literals;

namespace {

constexpr std::string_view open[] = {"EHLO x", "MAIL FROM:<a@x>", "RCPT TO:<b@x>"};

void begin(server_peer& peer) {
    peer.lines({open[0], open[1], open[2]});
}

}  // namespace

TEST_CASE("chunks come as they are, each with its reply") {
    for (std::size_t piece : {1, 2, 7, 1000}) {
        server_peer peer({}, piece);
        begin(peer);
        CHECK(peer.say("BDAT 6\r\n.\r\n..\rbdat 3\r\n\nab") == "250 2.0.0 6 octets taken | 250 2.0.0 3 octets taken");
        CHECK(peer.say("BDAT 2 LAST\r\n\r\nQUIT\r\n") == "250 2.0.0 kept | 221 2.0.0 localhost goodbye");
        REQUIRE(peer.handler.messages.size() == 1);
        CHECK(peer.handler.messages[0].content == ".\r\n..\r\nab\r\n");
        CHECK(peer.handler.calls == "hello mail rcpt begin content end");
    }
}

TEST_CASE("hazard 40: a chunk size is a number, and may be 0") {
    server_peer peer(relaxed());
    begin(peer);
    for (auto const* size : {"BDAT", "BDAT -1", "BDAT 18446744073709551616", "BDAT x", "BDAT LAST", "BDAT 1x",
                             "BDAT +1", "BDAT 1 LAS", "BDAT 1 LAST LAST", "BDAT 0x10"}) {
        CAPTURE(size);
        CHECK(peer.lines({size}) == "501 5.5.4 it is BDAT size, or BDAT size LAST");
    }
    CHECK(peer.engine.in_transaction());
    CHECK(peer.say("BDAT 0\r\nBDAT 3\r\nab\rBDAT 0\r\nBDAT 1\r\n\nBDAT 0 LAST\r\n") ==
          "250 2.0.0 0 octets taken | 250 2.0.0 3 octets taken | 250 2.0.0 0 octets taken | 250 2.0.0 1 octets taken | "
          "250 2.0.0 kept");
    CHECK(peer.handler.messages[0].content == "ab\r\n");
    CHECK(peer.lines({"MAIL FROM:<a@x>", "RCPT TO:<b@x>", "BDAT 0 LAST"}).ends_with("250 2.0.0 kept"));
}

TEST_CASE("hazard 41: between chunks only BDAT, RSET and what changes nothing") {
    server_peer peer;
    begin(peer);
    peer.say("BDAT 1\r\nx");
    auto const due = "503 5.5.1 a BDAT is due, or RSET"s;
    CHECK(peer.lines({"MAIL FROM:<a@x>", "RCPT TO:<c@x>", "DATA"}) == due + " | " + due + " | " + due);
    CHECK(peer.lines({"NOOP"}) == "250 2.0.0 ok");
    CHECK(peer.say("BDAT 1 LAST\r\ny") == "250 2.0.0 kept");
    CHECK(peer.handler.messages[0].content == "xy");

    begin(peer);
    peer.say("BDAT 1\r\nx");
    CHECK(peer.lines({"RSET", "DATA"}) == "250 2.0.0 forgotten | 503 5.5.1 MAIL comes first");
    CHECK(peer.handler.calls.ends_with("begin content abort"));
}

TEST_CASE("hazard 42: the octets of a refused chunk are swallowed, all of them and no more") {
    server_peer peer(relaxed());
    peer.lines({"EHLO x"});
    CHECK(peer.say("BDAT 6\r\nQUIT\r\nNOOP\r\n") == "503 5.5.1 MAIL comes first | 250 2.0.0 ok");
    peer.lines({"MAIL FROM:<a@x>"});
    CHECK(peer.say("BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n") == "554 5.5.1 no recipient was accepted | 250 2.0.0 ok");
    peer.handler.refuse_begin = true;
    peer.lines({"RCPT TO:<b@x>"});
    CHECK(peer.say("BDAT 6\r\nQUIT\r\nBDAT 6 LAST\r\nQUIT\r\nNOOP\r\n") ==
          "451 4.3.0 not now | 503 5.5.1 MAIL comes first | 250 2.0.0 ok");
    CHECK(server_peer(relaxed()).say("BDAT 6\r\nQUIT\r\nNOOP\r\n") ==
          "220 localhost ESMTP Postrider | 503 5.5.1 MAIL comes first | 250 2.0.0 ok");

    auto o = relaxed();
    o.require_tls = true;
    CHECK(server_peer(o).say("BDAT 6\r\nQUIT\r\nNOOP\r\n") ==
          "220 localhost ESMTP Postrider | 530 5.7.0 STARTTLS comes first | 250 2.0.0 ok");
}

TEST_CASE("a message in chunks that outgrows the limit is refused at the chunk that does it") {
    server_engine::options o;
    o.max_message = 4;
    server_peer peer(o);
    begin(peer);
    CHECK(peer.say("BDAT 4\r\nabcdBDAT 2\r\nefBDAT 3 LAST\r\nghiNOOP\r\n") ==
          "250 2.0.0 4 octets taken | 552 5.3.4 the message is larger than this server takes | "
          "503 5.5.1 MAIL comes first | 250 2.0.0 ok");
    CHECK(peer.handler.calls == "hello mail rcpt begin content abort");
}

TEST_CASE("a chunk that cannot be kept is told so at its end") {
    server_peer peer;
    begin(peer);
    peer.handler.fail_content = true;
    CHECK(peer.say("BDAT 4\r\nabcdNOOP\r\n") ==
          "451 4.3.0 the message could not be kept; try again later | 250 2.0.0 ok");
}

TEST_CASE("hazard 43: a CR or LF of its own in a chunk is treated as in DATA") {
    for (auto const& text : {"a\nb\r\n"s, "a\rb\r\n"s, "\n"s, "a\r\n\n"s, "a\r\r\n"s, "a\r"s}) {
        auto const command = "BDAT " + std::to_string(text.size()) + " LAST\r\n" + text;
        server_peer strict;
        begin(strict);
        CHECK(strict.say(command) == "550 5.5.2 the message has a CR or an LF that stands alone");
        server_peer lenient(relaxed());
        begin(lenient);
        CHECK(lenient.say(command) == "250 2.0.0 kept");
        CHECK(lenient.handler.messages[0].content == text);
    }
    server_peer across;
    begin(across);
    CHECK(across.say("BDAT 2\r\na\rBDAT 1 LAST\r\nb")
              .ends_with("550 5.5.2 the message has a CR or an LF that stands alone"));
}

TEST_CASE("hazard 55: a link lost within a chunk, or between two, leaves nothing") {
    for (auto const* half : {"BDAT 5\r\n", "BDAT 5\r\nabc", "BDAT 3\r\nabc", "BDAT 5 LAST\r\nabc"}) {
        server_peer peer;
        begin(peer);
        peer.say(half);
        peer.hang_up();
        CHECK(peer.handler.messages.empty());
        CHECK(peer.handler.calls.ends_with(" abort"));
    }
}
