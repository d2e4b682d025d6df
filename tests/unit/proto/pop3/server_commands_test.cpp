#include <doctest/doctest.h>

#include "maildrop.hpp"

using namespace postrider;

TEST_CASE("STAT, LIST and UIDL tell numbers, sizes and names; what is deleted is not counted") {
    maildrop drop;
    CHECK(after_login(drop, "STAT\r\n") == "+OK 2 57\n");
    CHECK(after_login(drop, "LIST\r\nLIST 2\r\n") == "+OK sizes\n1 27\n2 30\n.\n+OK 2 30\n");
    CHECK(after_login(drop, "UIDL\r\nuidl 1\r\n") == "+OK unique ids\n1 a1\n2 b2\n.\n+OK 1 a1\n");
    CHECK(after_login(drop, "DELE 1\r\nSTAT\r\nLIST\r\nUIDL\r\nLIST 1\r\n") ==
          "+OK it goes at QUIT\n+OK 1 30\n+OK sizes\n2 30\n.\n+OK unique ids\n2 b2\n.\n-ERR message 1 is deleted\n");
}

TEST_CASE("RETR gives the message, its dots doubled and its last line ended") {
    maildrop drop;
    CHECK(after_login(drop, "RETR 1\r\n") == "+OK 27 octets\nSubject: 1\n\n..one\n...two\n.\n");
    CHECK(after_login(drop, "RETR 2\r\nNOOP\r\n") ==
          "+OK 30 octets\nSubject: 2\nX: y\n\nl1\nl2\nl3\n.\n+OK still here\n");
}

TEST_CASE("TOP gives the header and so many lines") {
    maildrop drop;
    CHECK(after_login(drop, "TOP 2 0\r\n") == "+OK its top\nSubject: 2\nX: y\n\n.\n");
    CHECK(after_login(drop, "TOP 2 2\r\n") == "+OK its top\nSubject: 2\nX: y\n\nl1\nl2\n.\n");
    CHECK(after_login(drop, "TOP 2 99999999999\r\n") == "+OK its top\nSubject: 2\nX: y\n\nl1\nl2\nl3\n.\n");
    drop.kept["b2"] = "Subject: no body";
    CHECK(after_login(drop, "TOP 2 5\r\n") == "+OK its top\nSubject: no body\n.\n");
    drop.kept["b2"] = "";
    CHECK(after_login(drop, "TOP 2 5\r\nRETR 2\r\n") == "+OK its top\n.\n+OK 0 octets\n.\n");
}

TEST_CASE("DELE takes effect at QUIT alone, and RSET takes it back") {
    maildrop drop;
    CHECK(after_login(drop, "DELE 1\r\nRSET\r\nQUIT\r\n") == "+OK it goes at QUIT\n+OK 2 57\n+OK goodbye\n");
    CHECK(drop.kept.size() == 2);
    after_login(drop, "DELE 1\r\n");
    CHECK(drop.kept.size() == 2);
    CHECK(after_login(drop, "DELE 1\r\nQUIT\r\n") == "+OK it goes at QUIT\n+OK goodbye\n");
    CHECK(drop.kept.count("a1") == 0);
    CHECK(drop.kept.count("b2") == 1);
}

TEST_CASE("QUIT says when what was deleted is still there") {
    maildrop drop;
    drop.stubborn = true;
    CHECK(after_login(drop, "DELE 1\r\nQUIT\r\n").ends_with("-ERR [SYS/TEMP] some messages could not be removed\n"));
}

TEST_CASE("LAST is a command no longer, as RFC 1939 has it") {
    maildrop drop;
    CHECK(after_login(drop, "LAST\r\n") == "-ERR no such command\n");
}

TEST_CASE("numbers that name no message are refused, and the session goes on") {
    maildrop drop;
    for (auto argument : {"0", "3", "99999999999999999999", "-1", "x", "1x", " 1"}) {
        INFO(argument);
        for (std::string command : {"RETR ", "DELE ", "LIST ", "UIDL "}) {
            auto const said = after_login(drop, command + argument + "\r\nNOOP\r\n");
            CHECK(said.starts_with("-ERR "));
            CHECK(said.ends_with("+OK still here\n"));
        }
    }
    for (auto argument : {"1", "1 ", "1 x", "1 -1", "x 1"})
        CHECK(after_login(drop, std::string("TOP ") + argument + "\r\n").starts_with("-ERR "));
}

TEST_CASE("a message that is gone meanwhile is refused, and the session goes on") {
    maildrop drop;
    struct vanishing final : pop3::server_handler {
        result<std::vector<pop3::stored_message>> open(std::string_view) override {
            return std::vector<pop3::stored_message>{{"x", 5}};
        }
        std::optional<std::string> read(std::string const&) override { return std::nullopt; }
        bool remove(std::vector<std::string> const&) override { return true; }
    } gone;
    pop3::server_engine engine(open_to_all(), gone);
    std::string said;
    std::string_view client = "USER u\r\nPASS p\r\nRETR 1\r\nQUIT\r\n";
    for (io_done last;;) {
        auto const next = engine.resume(last);
        last = {};
        if (auto const* out = std::get_if<send_bytes>(&next)) {
            for (auto const piece : out->pieces) said += piece;
        } else if (auto const* in = std::get_if<need_bytes>(&next)) {
            client.copy(in->room.data(), client.size());
            last.bytes = std::exchange(client, {}).size();
        } else {
            break;
        }
    }
    CHECK(said.ends_with("-ERR [SYS/TEMP] the message is gone\r\n+OK goodbye\r\n"));
}

TEST_CASE("commands out of their state, unknown ones and those with a wrong argument make no sense") {
    maildrop drop;
    auto const options = open_to_all();
    for (auto line : {"STAT", "RETR 1", "DELE 1", "NOOP", "TOP 1 1", "XYZZY", "", " ", "USER", "CAPA x", "PASS p"}) {
        INFO(line);
        auto const session = run_pop3(options, drop, std::string(line) + "\r\nQUIT\r\n");
        CHECK(session.said.starts_with("+OK Postrider POP3\r\n-ERR "));
        CHECK(session.said.ends_with("+OK goodbye\r\n"));
        CHECK_FALSE(session.end);
    }
    CHECK(after_login(drop, "USER u\r\n").starts_with("-ERR "));
    CHECK(after_login(drop, "STLS\r\n").starts_with("-ERR "));
    CHECK(after_login(drop, "QUIT now\r\n").starts_with("-ERR "));
}

TEST_CASE("a line's and a session's nonsense end at limits that have names") {
    maildrop drop;
    std::string nonsense;
    for (std::size_t i = 0; i < limits::session_errors; ++i) nonsense += "XYZZY\r\n";
    auto const babbling = run_pop3(open_to_all(), drop, nonsense + "CAPA\r\n");
    CHECK(babbling.said.ends_with("-ERR too many errors\r\n"));
    CHECK(babbling.end == errc::limit_reached);

    auto const long_line =
        run_pop3(open_to_all(), drop, "USER " + std::string(limits::pop3_line_octets, 'x') + "\r\nQUIT\r\n");
    CHECK(long_line.said == "+OK Postrider POP3\r\n-ERR the line is too long\r\n+OK goodbye\r\n");
    auto const endless = run_pop3(open_to_all(), drop, std::string(limits::skipped_octets + 10'000, 'x'));
    CHECK(endless.end == errc::limit_reached);
    auto options = open_to_all();
    options.max_errors = 0;
    CHECK(run_pop3(options, drop, nonsense + nonsense + "QUIT\r\n").said.ends_with("+OK goodbye\r\n"));
}

TEST_CASE("silence ends a session without a word and without deleting") {
    maildrop drop;
    auto const session = run_pop3(open_to_all(), drop, "USER u\r\nPASS p\r\nDELE 1\r\n", 0, io_errc::timed_out);
    CHECK(session.end == io_errc::timed_out);
    CHECK(session.said.ends_with("+OK it goes at QUIT\r\n"));
    CHECK(drop.kept.size() == 2);
}
