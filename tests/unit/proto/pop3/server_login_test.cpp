#include <doctest/doctest.h>

#include "maildrop.hpp"

using namespace postrider;

namespace {

pop3::server_engine::options with_password() {
    auto options = open_to_all();
    options.secret_of = [](std::string_view user) {
        return user == "ann" ? std::optional<std::string>("pass word") : std::nullopt;
    };
    return options;
}

std::string last_line(std::string const& said) {
    auto const end = said.rfind("\r\n");
    auto const begin = end == 0 ? said.npos : said.rfind("\r\n", end - 1);
    return said.substr(begin == said.npos ? 0 : begin + 2, end - (begin == said.npos ? 0 : begin + 2));
}

}  // namespace

TEST_CASE("USER and PASS open the maildrop of that user; a password may have blanks") {
    maildrop drop;
    CHECK(last_line(run_pop3(with_password(), drop, "USER ann\r\nPASS pass word\r\n").said) == "+OK 2 messages");
    CHECK(drop.opened_by == "ann");
}

TEST_CASE("AUTH PLAIN does so with and without an initial response") {
    for (auto said : {"AUTH PLAIN AGFubgBwYXNzIHdvcmQ=\r\n", "auth plain\r\nAGFubgBwYXNzIHdvcmQ=\r\n"}) {
        maildrop drop;
        CHECK(last_line(run_pop3(with_password(), drop, said).said) == "+OK 2 messages");
        CHECK(drop.opened_by == "ann");
    }
    maildrop drop;
    CHECK(run_pop3(with_password(), drop, "AUTH PLAIN\r\n*\r\n").said.ends_with("+ \r\n-ERR given up\r\n"));
    for (auto wrong :
         {"AUTH PLAIN ====\r\n", "AUTH PLAIN =\r\n", "AUTH PLAIN YQ==\r\n", "AUTH CRAM-MD5\r\n", "AUTH PLAIN\r\n!\r\n"})
        CHECK(last_line(run_pop3(with_password(), drop, wrong).said).starts_with("-ERR "));
    CHECK(drop.opened_by.empty());
}

TEST_CASE("a wrong password is refused by [AUTH], later and later, and the fifth ends the session") {
    maildrop drop;
    std::string guesses;
    for (int i = 0; i < 6; ++i) guesses += i % 2 ? "USER ann\r\nPASS no\r\n" : "AUTH PLAIN AGFubgBubw==\r\n";
    auto const session = run_pop3(with_password(), drop, guesses);
    CHECK(session.end == errc::limit_reached);
    CHECK(session.delays.size() == limits::auth_failures);
    CHECK(session.delays.back() == limits::auth_failures * limits::auth_delay);
    CHECK(last_line(session.said) == "-ERR [AUTH] user or password is wrong");
    CHECK(drop.opened_by.empty());
    CHECK(last_line(run_pop3(with_password(), drop, "USER bob\r\nPASS pass word\r\n").said).starts_with("-ERR [AUTH]"));
}

TEST_CASE("APOP proves the password by the greeting's timestamp, and the RFC's own example is right") {
    auto options = open_to_all();
    options.apop_seed = "1896.697170952@dbc.mtview.ca.us";
    options.secret_of = [](std::string_view user) {
        return user == "mrose" ? std::optional<std::string>("tanstaaf") : std::nullopt;
    };
    std::string const right = "c4c9334bac560ecc979e58001b3e22fb";
    maildrop drop;
    auto const said = run_pop3(options, drop, "APOP mrose " + right + "\r\n").said;
    CHECK(said == "+OK Postrider POP3 <1896.697170952@dbc.mtview.ca.us>\r\n+OK 2 messages\r\n");
    CHECK(drop.opened_by == "mrose");
    drop.opened_by.clear();
    for (std::string const wrong :
         {"APOP mrose C4C9334BAC560ECC979E58001B3E22FB", "APOP mrose 0", "APOP mrose", "APOP",
          "APOP bob c4c9334bac560ecc979e58001b3e22fb", "APOP  c4c9334bac560ecc979e58001b3e22fb"})
        CHECK(last_line(run_pop3(options, drop, wrong + "\r\n").said).starts_with("-ERR "));
    CHECK(drop.opened_by.empty());
    CHECK(run_pop3(options, drop, "APOP mrose 0\r\n").delays.size() == 1);
    options.secret_of = nullptr;
    CHECK(last_line(run_pop3(options, drop, "APOP anyone 0\r\n").said) == "+OK 2 messages");
    options.login_in_clear = false;
    CHECK(last_line(run_pop3(options, drop, "APOP anyone 0\r\n").said).starts_with("-ERR [AUTH]"));
    CHECK(last_line(run_pop3(open_to_all(), drop, "APOP anyone 0\r\n").said) == "-ERR APOP is not offered");
}

TEST_CASE("without anything known of users everybody is let in") {
    maildrop drop;
    CHECK(last_line(run_pop3(open_to_all(), drop, "USER team-a\r\nPASS any\r\n").said) == "+OK 2 messages");
    CHECK(drop.opened_by == "team-a");
}

TEST_CASE("a maildrop that cannot be opened says why, and nobody is logged in") {
    maildrop drop;
    drop.failing = std::make_error_code(std::errc::device_or_resource_busy);
    CHECK(run_pop3(open_to_all(), drop, "USER u\r\nPASS p\r\nSTAT\r\n")
              .said.ends_with("-ERR [IN-USE] another session has this maildrop\r\n-ERR log in first\r\n"));
    drop.failing = std::make_error_code(std::errc::io_error);
    CHECK(last_line(run_pop3(open_to_all(), drop, "USER u\r\nPASS p\r\n").said).starts_with("-ERR [SYS/TEMP]"));
}

TEST_CASE("no password is taken in clear where that is not allowed") {
    maildrop drop;
    auto options = with_password();
    options.login_in_clear = false;
    options.offer_stls = true;
    auto const session = run_pop3(options, drop, "CAPA\r\nUSER ann\r\nAUTH PLAIN AGFubgBwYXNzIHdvcmQ=\r\n");
    CHECK(session.said.find("\r\nSTLS\r\n") != session.said.npos);
    CHECK(session.said.find("\r\nUSER\r\n") == session.said.npos);
    CHECK(session.said.find("SASL") == session.said.npos);
    CHECK(last_line(session.said) == "-ERR [AUTH] begin TLS first, with STLS");
    CHECK(drop.opened_by.empty());
}

TEST_CASE("behind STLS the capabilities are others, and what was said before is forgotten") {
    maildrop drop;
    auto options = with_password();
    options.login_in_clear = false;
    options.offer_stls = true;
    pop3::server_engine engine(options, drop);
    std::string said;
    std::vector<std::string_view> lines{"STLS\r\n", "CAPA\r\n", "STLS\r\n", "PASS pass word\r\n"};
    std::size_t line = 0;
    for (io_done last; line <= lines.size();) {
        auto const next = engine.resume(last);
        last = {};
        if (auto const* out = std::get_if<send_bytes>(&next)) {
            for (auto const piece : out->pieces) said += piece;
        } else if (auto const* in = std::get_if<need_bytes>(&next)) {
            if (line == lines.size()) break;
            last.bytes = lines[line++].copy(in->room.data(), in->room.size());
        } else if (std::holds_alternative<start_tls>(next)) {
            said += "(TLS)";
        }
    }
    CHECK(said.find("+OK begin TLS\r\n(TLS)+OK what can be done\r\n") != said.npos);
    CHECK(said.find("\r\nSTLS\r\n") == said.npos);
    CHECK(said.find("\r\nUSER\r\nSASL PLAIN\r\n") != said.npos);
    CHECK(said.ends_with("-ERR this is TLS already\r\n-ERR USER comes first\r\n"));
}

TEST_CASE("what is said in clear behind STLS ends the session") {
    maildrop drop;
    auto options = open_to_all();
    options.offer_stls = true;
    auto const session = run_pop3(options, drop, "STLS\r\nUSER eve\r\nPASS x\r\n");
    CHECK(session.end == io_errc::tls_failed);
    CHECK(session.said == "+OK Postrider POP3\r\n+OK begin TLS\r\n");
    CHECK(drop.opened_by.empty());
}
