#include "server_fixture.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;

TEST_CASE("a message comes in and is kept") {
    server_peer peer;
    CHECK(peer.say("") == "220 localhost ESMTP Postrider");
    CHECK(peer.say("EHLO client.example\r\n") ==
          "250-localhost | 250-PIPELINING | 250-SIZE 67108864 | 250-8BITMIME | 250-SMTPUTF8 | "
          "250-ENHANCEDSTATUSCODES | 250-CHUNKING | 250-BINARYMIME | 250 DSN");
    CHECK(peer.engine.client_name() == "client.example");
    CHECK(peer.engine.esmtp());
    CHECK(peer.say("MAIL FROM:<a@x.example> SIZE=20 BODY=8BITMIME\r\n") == "250 2.1.0 sender ok");
    CHECK(peer.engine.in_transaction());
    CHECK(peer.say("RCPT TO:<b@y.example> NOTIFY=NEVER\r\n") == "250 2.1.5 ok");
    CHECK(peer.say("DATA\r\n") == "354 end with a dot on a line of its own");
    CHECK(peer.engine.current_phase() == phase::content);
    CHECK(peer.say("Subject: x\r\n\r\n..\r\n.\r\n") == "250 2.0.0 kept");
    CHECK(peer.say("QUIT\r\n") == "221 2.0.0 localhost goodbye");
    CHECK(peer.finished());
    CHECK(peer.how() == error_code());

    REQUIRE(peer.handler.messages.size() == 1);
    auto const& [e, content] = peer.handler.messages[0];
    CHECK(e.reverse_path == "a@x.example");
    CHECK(e.parameters == std::vector<parameter>{{"SIZE", "20"}, {"BODY", "8BITMIME"}});
    CHECK(e.forward_paths == std::vector<forward_path>{{"b@y.example", {{"NOTIFY", "NEVER"}}}});
    CHECK(content == "Subject: x\r\n\r\n.\r\n");
    CHECK(peer.handler.calls == "hello mail rcpt begin content end");
}

TEST_CASE("replies to pipelined commands leave in one write") {
    server_peer peer;
    peer.lines({"EHLO x"});
    auto const before = peer.writes();
    CHECK(peer.lines({"MAIL FROM:<a@x>", "RCPT TO:<b@x>", "RCPT TO:<c@x>", "DATA"}) ==
          "250 2.1.0 sender ok | 250 2.1.5 ok | 250 2.1.5 ok | 354 end with a dot on a line of its own");
    CHECK(peer.writes() == before + 1);
    CHECK(peer.lines({"text", ".", "MAIL FROM:<a@x>", "QUIT"}) ==
          "250 2.0.0 kept | 250 2.1.0 sender ok | 221 2.0.0 localhost goodbye");
    CHECK(peer.writes() == before + 2);
    CHECK(peer.handler.calls == "hello mail rcpt rcpt begin content end mail abort");
}

TEST_CASE("HELO has no extensions and no parameters") {
    server_peer peer;
    peer.say("");
    CHECK(peer.lines({"helo x"}) == "250 localhost");
    CHECK_FALSE(peer.engine.esmtp());
    CHECK(peer.lines({"MAIL FROM:<a@x> SIZE=1"}) == "555 5.5.4 parameters need EHLO");
    CHECK(peer.lines({"MAIL FROM:<a@x>"}) == "250 2.1.0 sender ok");
}

TEST_CASE("the small verbs answer") {
    server_peer peer;
    peer.lines({"EHLO x"});
    CHECK(peer.lines({"NOOP", "noop with words", "HELP", "RSET"}) ==
          "250 2.0.0 ok | 250 2.0.0 ok | 214 2.0.0 EHLO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT: "
          "see RFC 5321 | 250 2.0.0 forgotten");
    CHECK(peer.lines({"FOO", ""}) == "500 5.5.1 no such command here | 500 5.5.1 no such command here");
    CHECK(peer.lines({"RSET x", "DATA x", "QUIT x"}) ==
          "501 5.5.4 RSET takes no argument | 501 5.5.4 DATA takes no argument | 501 5.5.4 QUIT takes no argument");
}

TEST_CASE("a handler refuses a command and nothing else") {
    server_peer peer;
    peer.lines({"EHLO x"});
    peer.handler.refuse_mail = true;
    CHECK(peer.lines({"MAIL FROM:<a@x>"}) == "550 5.7.1 not you");
    CHECK_FALSE(peer.engine.in_transaction());
    peer.handler.refuse_mail = false;
    peer.handler.refused_recipient = "b@x";
    CHECK(peer.lines({"MAIL FROM:<a@x>", "RCPT TO:<b@x>", "RCPT TO:<c@x>"}) ==
          "250 2.1.0 sender ok | 550 5.1.1 no such user | 250 2.1.5 ok");
    peer.handler.refuse_begin = true;
    CHECK(peer.lines({"DATA"}) == "451 4.3.0 not now");
    CHECK_FALSE(peer.engine.in_transaction());
    peer.handler.refuse_begin = false;
    peer.handler.refuse_end = true;
    CHECK(peer.lines({"MAIL FROM:<a@x>", "RCPT TO:<c@x>", "DATA", "x", "."}) ==
          "250 2.1.0 sender ok | 250 2.1.5 ok | 354 end with a dot on a line of its own | 554 5.6.0 not this one");
    CHECK(peer.handler.calls == "hello mail rcpt begin abort mail rcpt begin content end");
}

TEST_CASE("a handler's 421 ends the session") {
    server_peer peer;
    peer.handler.close_at_rcpt = true;
    CHECK(peer.lines({"HELO x", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "NOOP"}).ends_with("sender ok | 421 4.3.2 enough"));
    CHECK(peer.finished());
    CHECK(peer.how() == error_code());
    CHECK(peer.handler.calls == "hello mail abort");
}

TEST_CASE("an enhanced status code is supplied where a handler gives none, or one of another class") {
    struct terse final : server_handler {
        reply mail(envelope const&) override { return reply{250, {}, {"fine"}}; }
        reply rcpt(envelope const&, forward_path const&) override {
            return reply{450, enhanced_code{5, 1, 1}, {"later"}};
        }
        error_code content(std::string_view) override { return {}; }
        reply end_content(envelope const&) override { return reply{250, {}, {}}; }
    } handler;
    server_engine engine({}, handler);
    std::string said;
    std::string_view const client = "EHLO x\r\nMAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nQUIT\r\n";
    bool told = false;
    for (io_done last;;) {
        auto const next = engine.resume(last);
        last = {};
        if (auto const* out = std::get_if<send_bytes>(&next)) said += out->pieces[0];
        if (auto const* in = std::get_if<need_bytes>(&next)) {
            REQUIRE_FALSE(std::exchange(told, true));
            client.copy(in->room.data(), client.size());
            last.bytes = client.size();
        }
        if (std::holds_alternative<finished>(next)) break;
    }
    CHECK(said.find("250 2.0.0 fine\r\n") != said.npos);
    CHECK(said.find("450 4.0.0 later\r\n") != said.npos);
}

TEST_CASE("a handler that cannot keep content gets no more of it, and the client 451 after the dot") {
    server_peer peer;
    peer.lines({"EHLO x", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA"});
    peer.handler.fail_content = true;
    CHECK(peer.lines({"one", "two", ".x"}).empty());
    CHECK(peer.lines({"three", ".", "NOOP"}) ==
          "451 4.3.0 the message could not be kept; try again later | 250 2.0.0 ok");
    CHECK(peer.handler.calls == "hello mail rcpt begin content abort");
}

TEST_CASE("hazard 176: shutting down says 421 and ends whatever goes on") {
    server_peer peer;
    peer.lines({"EHLO x", "MAIL FROM:<a@x>", "RCPT TO:<b@x>", "DATA", "half a mess"});
    peer.engine.shut_down("back soon");
    CHECK(peer.fails_with(io_errc::cancelled) == "421 4.3.2 localhost back soon");
    CHECK(peer.finished());
    CHECK(peer.handler.calls == "hello mail rcpt begin content abort");

    server_peer early;
    early.engine.shut_down("no");
    CHECK(early.say("") == "421 4.3.2 localhost no");
    CHECK(early.finished());
}

TEST_CASE("hazard 52: a silent client is told so; a lost one is not") {
    server_peer peer;
    peer.lines({"EHLO x", "MAIL FROM:<a@x>"});
    CHECK(peer.fails_with(io_errc::timed_out) == "421 4.4.2 localhost you were silent too long");
    CHECK(peer.how() == io_errc::timed_out);
    CHECK(peer.handler.calls == "hello mail abort");

    server_peer lost;
    lost.lines({"EHLO x", "MAIL FROM:<a@x>"});
    CHECK(lost.fails_with(std::make_error_code(std::errc::connection_reset)).empty());
    CHECK(lost.how() == std::errc::connection_reset);
}

TEST_CASE("an engine that goes away aborts what was open") {
    recorder handler;
    {
        server_engine engine({}, handler);
        std::string_view const client = "EHLO x\r\nMAIL FROM:<a@x>\r\n";
        CHECK(std::holds_alternative<send_bytes>(engine.resume({})));
        auto const next = engine.resume({});
        client.copy(std::get<need_bytes>(next).room.data(), client.size());
        CHECK(std::holds_alternative<send_bytes>(engine.resume({{}, client.size()})));
        server_engine moved(std::move(engine));
        CHECK(moved.in_transaction());
    }
    CHECK(handler.calls == "hello mail abort");
}

namespace {

/// The room for what the peer says next.
std::span<char> next_room(server_engine& engine, io_done last = {}) {
    for (auto next = engine.resume(last);; next = engine.resume({}))
        if (auto const* in = std::get_if<need_bytes>(&next)) return in->room;
}

std::span<char> room_behind(server_engine& engine, std::span<char> room, std::string_view said) {
    said.copy(room.data(), said.size());
    return next_room(engine, {{}, said.size()});
}

}  // namespace

TEST_CASE("a session that is quiet takes little memory, one that sends much takes more, and gives it back") {
    recorder handler;
    server_engine engine({}, handler);
    auto room = next_room(engine);
    auto const quiet = room.size();
    CHECK(quiet <= 4096);
    room = room_behind(engine, room, "EHLO x\r\nMAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nDATA\r\n");
    CHECK(room.size() >= 16 * 1024);  // most messages come in one read
    for (int i = 0; i < 6; ++i) room = room_behind(engine, room, std::string(room.size(), 'x'));
    CHECK(room.size() == 64 * 1024);
    room = room_behind(engine, room, "\r\n.\r\n");
    room = room_behind(engine, room, "NOOP\r\n");
    CHECK(room.size() == quiet);
}

TEST_CASE("every phase is named for the deadline it has") {
    recorder handler;
    server_engine engine({}, handler);
    CHECK(std::get<send_bytes>(engine.resume({})).why == phase::greeting);
    auto const next = engine.resume({});
    auto const in = std::get<need_bytes>(next);
    CHECK(in.why == phase::command);
    CHECK(in.room.size() >= limits::command_line_octets);
    std::string_view const client = "EHLO x\r\n";
    client.copy(in.room.data(), client.size());
    CHECK(std::get<send_bytes>(engine.resume({{}, client.size()})).why == phase::hello);
}
