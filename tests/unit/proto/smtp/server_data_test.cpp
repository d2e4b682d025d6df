#include "server_fixture.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;
using namespace std::string_literals;

namespace {

struct outcome {
    std::string said;
    std::string kept;  ///< or "nothing"
};

/// Sends `wire` behind DATA. It must end the message, and with its last octet.
outcome send(server_engine::options o, std::string_view wire) {
    server_peer peer(std::move(o));
    peer.lines({"EHLO x", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA"});
    CHECK(peer.say(wire.substr(0, wire.size() - 1)).empty());
    auto said = peer.say(wire.substr(wire.size() - 1));
    CHECK(peer.engine.current_phase() == phase::command);
    CHECK_FALSE(peer.engine.in_transaction());
    return {said, peer.handler.messages.empty() ? "nothing" : peer.handler.messages[0].content};
}

constexpr auto kept = "250 2.0.0 kept";
constexpr auto refused = "550 5.5.2 the message has a CR or an LF that stands alone";

/// `fake` looks like an end and is none: strict refuses the message at its real end, lenient keeps it as content.
void is_no_end(std::string_view fake, std::string_view kept_as) {
    CAPTURE(to_string(reply_of(250, {}, std::string(fake))));
    auto const wire = "x"s + std::string(fake) + "MAIL FROM:<evil@x>\r\n.\r\n";
    auto const strict = send({}, wire);
    CHECK(strict.said == refused);
    CHECK(strict.kept == "nothing");
    auto const lenient = send(relaxed(), wire);
    CHECK(lenient.said == kept);
    CHECK(lenient.kept == "x"s + std::string(kept_as) + "MAIL FROM:<evil@x>\r\n");
}

}  // namespace

TEST_CASE("hazard 1: LF.CRLF ends no message") {
    is_no_end("\n.\r\n", "\n.\r\n");
}

TEST_CASE("hazard 2: LF.LF ends no message") {
    is_no_end("\n.\n", "\n.\n");
}

TEST_CASE("hazard 3: CRLF.LF ends no message") {
    is_no_end("\r\n.\n", "\r\n\n");
}

TEST_CASE("hazard 4: no mixture of CR and LF ends a message but CRLF.CRLF") {
    is_no_end("\r.\r", "\r.\r");
    is_no_end("\r\n.\r\r\n", "\r\n\r\r\n");
    is_no_end("\r\r\n.\r\r\n", "\r\r\n\r\r\n");
    is_no_end("\r\r.\r\r", "\r\r.\r\r");
    is_no_end("\n\r.\n\r\n", "\n\r.\n\r\n");
    is_no_end("\r\n.\r", "\r\n\r");
}

TEST_CASE("hazard 5: NUL beside a terminator makes it none, and is kept") {
    for (auto const& fake : {"\r\n.\0\r\n"s, "\r\n\0.\r\n"s, "\0\r\n.\0\r\n"s}) {
        auto const sent = send({}, "x" + fake + "y\r\n.\r\n");
        CHECK(sent.said == kept);
        CHECK(sent.kept.ends_with("y\r\n"));
        CHECK(sent.kept.find('\0') != std::string::npos);
    }
    CHECK(send({}, "x\r\n.\r\0\n\r\n.\r\n"s).said == refused);
}

TEST_CASE("hazard 6: a CR within a line is content, or refuses the message") {
    CHECK(send({}, "a\rb\r\n.\r\n").said == refused);
    CHECK(send(relaxed(), "a\rb\r\n.\r\n").kept == "a\rb\r\n");
}

TEST_CASE("hazard 9: dots at the start of lines come back octet by octet") {
    for (std::size_t piece : {1, 2, 3, 1000}) {
        server_peer peer({}, piece);
        peer.lines({"EHLO x", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA"});
        CHECK(peer.lines({"..", "...", ".. x", "a.", ".a", "....", "."}) == kept);
        REQUIRE(peer.handler.messages.size() == 1);
        CHECK(peer.handler.messages[0].content == ".\r\n..\r\n. x\r\na.\r\na\r\n...\r\n");
    }
}

TEST_CASE("hazard 10: an empty message is a message") {
    auto const sent = send({}, ".\r\n");
    CHECK(sent.said == kept);
    CHECK(sent.kept.empty());
}

TEST_CASE("hazard 13: a line as long as the message is taken, in the pieces in which it comes") {
    server_peer peer;
    peer.handler.keep = false;
    peer.lines({"EHLO x", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA"});
    std::string const block(1 << 16, 'x');
    for (int i = 0; i < 512; ++i) REQUIRE(peer.say(block).empty());
    CHECK(peer.handler.largest_piece <= 64 * 1024);
    CHECK(peer.say("\r\n.\r\n") == kept);
}

TEST_CASE("content is handed over where it lies, in pieces as large as what was read") {
    server_peer peer;
    peer.lines({"EHLO x", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA"});
    std::string many_lines;
    while (many_lines.size() < 256 * 1024) many_lines += "a line of text\r\n";
    peer.say(many_lines);
    CHECK(peer.handler.largest_piece == 64 * 1024);
}

TEST_CASE("hazard 15: a message that outgrows the limit is read to its end, refused, and the session in step") {
    server_engine::options o;
    o.max_message = 10;
    for (std::size_t piece : {1, 5, 1000}) {
        server_peer peer(o, piece);
        peer.lines({"EHLO x", "MAIL FROM:<a@x> SIZE=5", "RCPT TO:<b@x>", "DATA"});
        CHECK(peer.lines({"123456789", "RSET", "..", "."}) == "552 5.3.4 the message is larger than this server takes");
        CHECK(peer.handler.messages.empty());
        CHECK(peer.handler.calls.ends_with(" abort"));
        CHECK(peer.lines({"MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA", "12345678", "."}).ends_with(kept));
    }
}

TEST_CASE("hazard 23: what follows DATA is content only after 354") {
    server_peer peer;
    peer.handler.refused_recipient = "b@x";
    peer.lines({"EHLO x"});
    CHECK(peer.lines({"MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA", "NOOP", ".", "RCPT TO:<c@x>", "DATA", "NOOP", "."}) ==
          "250 2.1.0 sender ok | 550 5.1.1 no such user | 554 5.5.1 no recipient was accepted | 250 2.0.0 ok | "
          "500 5.5.1 no such command here | 250 2.1.5 ok | 354 end with a dot on a line of its own | 250 2.0.0 kept");
    REQUIRE(peer.handler.messages.size() == 1);
    CHECK(peer.handler.messages[0].content == "NOOP\r\n");
}

TEST_CASE("hazard 37: octets above 127 are kept without BODY=8BITMIME too") {
    CHECK(send({}, "\xff\x80\xc3\xa9\r\n.\r\n").kept == "\xff\x80\xc3\xa9\r\n");
}

TEST_CASE("hazard 38: NUL in a message is kept, and cuts nothing") {
    CHECK(send({}, "a\0b\0\r\n\0\r\n.\r\n"s).kept == "a\0b\0\r\n\0\r\n"s);
}

TEST_CASE("hazard 50: field names and lengths are nothing to the engine") {
    auto const field = "__proto__: " + std::string(60'000, 'x') + "\r\n\r\n";
    CHECK(send({}, field + ".\r\n").kept == field);
}

TEST_CASE("hazard 55: a link lost within DATA leaves nothing") {
    for (auto const* half : {"", "a", "a\r", "a\r\n", "a\r\n.", "a\r\n.\r"}) {
        server_peer peer;
        peer.lines({"EHLO x", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA"});
        peer.say(half);
        CHECK(peer.fails_with(io_errc::end_of_stream).empty());
        CHECK(peer.finished());
        CHECK(peer.handler.messages.empty());
        CHECK(peer.handler.calls.ends_with(" abort"));
    }
}

TEST_CASE("hazard 57: a client that closes its side after the dot still gets the reply") {
    server_peer peer;
    peer.lines({"EHLO x", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA"});
    CHECK(peer.lines({"x", "."}) == kept);
    peer.hang_up();
    CHECK(peer.finished());
    CHECK(peer.handler.calls == "hello mail rcpt begin content end");
}

TEST_CASE("hazard 58: a link cut without TLS's own end leaves nothing") {
    server_peer peer;
    peer.engine.stream_is_secure();
    peer.lines({"EHLO x", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA", "x"});
    peer.fails_with(io_errc::tls_truncated);
    CHECK(peer.how() == io_errc::tls_truncated);
    CHECK(peer.handler.calls.ends_with(" abort"));
}
