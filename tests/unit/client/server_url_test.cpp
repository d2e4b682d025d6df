#include <doctest/doctest.h>

#include <postrider/client/server_url.hpp>

using namespace postrider;
using smtp::server_url;
using smtp::starttls_policy;

namespace {

server_url ok(std::string_view text) {
    std::string why;
    auto url = smtp::parse_server_url(text, why);
    REQUIRE_MESSAGE(url.has_value(), text << ": " << why);
    return *url;
}

void bad(std::string_view text) {
    std::string why;
    CHECK_MESSAGE(smtp::parse_server_url(text, why).has_error(), text);
    CHECK_MESSAGE(!why.empty(), text);
}

}  // namespace

TEST_CASE("a scheme stands for a port and a way to TLS") {
    CHECK(ok("smtp://mx.example").where == net::endpoint{"mx.example", 587, {}});
    CHECK(ok("SMTP://mx.example/").where == net::endpoint{"mx.example", 587, {}});
    CHECK(ok("smtps://mx.example").where.port == 465);
    CHECK(ok("lmtp://mx.example").where.port == 24);
    CHECK(ok("smtp://mx.example:2525").where.port == 2525);
    CHECK(ok("smtp://[::1]:25").where == net::endpoint{"::1", 25, {}});
    CHECK(ok("lmtp:///run/dovecot/lmtp").where == net::endpoint{{}, 0, "/run/dovecot/lmtp"});
    CHECK(ok("lmtp+unix:///run/a%20b").where == net::endpoint{{}, 0, "/run/a b"});
}

TEST_CASE("STARTTLS is required by default, and off on loopback") {
    CHECK(ok("smtp://mx.example").effective_starttls() == starttls_policy::required);
    CHECK(ok("smtp://localhost").effective_starttls() == starttls_policy::off);
    CHECK(ok("smtp://127.0.0.1:1025").effective_starttls() == starttls_policy::off);
    CHECK(ok("smtp://[::1]").effective_starttls() == starttls_policy::off);
    CHECK(ok("smtps://mx.example").effective_starttls() == starttls_policy::off);
    CHECK(ok("lmtp://mx.example").effective_starttls() == starttls_policy::off);
    CHECK(ok("smtp://mx.example?starttls=offered").effective_starttls() == starttls_policy::offered);
    CHECK(ok("smtp://mx.example:25/?starttls=off").effective_starttls() == starttls_policy::off);
    CHECK(ok("smtp://localhost?starttls=required").effective_starttls() == starttls_policy::required);
}

TEST_CASE("user and password stand before the last @") {
    auto url = ok("smtp://me@example.com:p%40ss%3Aword@mx.example");
    CHECK(url.user == "me@example.com");
    CHECK(url.password == "p@ss:word");
    CHECK(url.where.host == "mx.example");
    CHECK(ok("smtps://%E6%B5%8B@mx.example").user == "\xE6\xB5\x8B");
    CHECK(to_string(url) == "smtp://me@example.com@mx.example:587");
}

TEST_CASE("what is no server URL is refused with a reason") {
    for (auto const* text : {"",
                             "mx.example",
                             "http://mx.example",
                             "smtp://",
                             "smtp://:25",
                             "smtp://mx.example:0",
                             "smtp://mx.example:65536",
                             "smtp://mx.example:x",
                             "smtp://mx.example:",
                             "smtp://mx.example/path",
                             "smtp://[::1",
                             "smtp://[::1]x",
                             "smtp://mx.example?tls=1",
                             "smtp://mx.example?starttls=",
                             "smtps://mx.example?starttls=off",
                             "lmtp://",
                             "lmtp:///",
                             "lmtp+unix://host",
                             "smtp://mx example",
                             "smtp://a%0d%0ab@mx.example",
                             "smtp://a%zz@mx.example",
                             "smtp://a%2@mx.example",
                             "smtp://mx.example\r\n",
                             "lmtp:///run/x%00y"})
        bad(text);
}

TEST_CASE("a server without a scheme is host[:port] as in smtplib") {
    std::string why;
    auto parse = [&](std::string_view text) { return smtp::parse_server(text, 25, why).value(); };
    CHECK(parse("mx.example").where == net::endpoint{"mx.example", 25, {}});
    CHECK(parse("mx.example:2525").where.port == 2525);
    CHECK(parse("::1").where == net::endpoint{"::1", 25, {}});
    CHECK(parse("[::1]:26").where == net::endpoint{"::1", 26, {}});
    CHECK(parse("/run/lmtp").where.unix_path == "/run/lmtp");
    CHECK_FALSE(parse("mx.example").opens_session);
    CHECK(parse("mx.example").effective_starttls() == starttls_policy::off);
    CHECK(parse("smtp://mx.example").opens_session);
    CHECK(smtp::parse_server("mx.example:http", 25, why).has_error());
    CHECK(why.find("http") != std::string::npos);
    CHECK(smtp::parse_server("", 25, why).has_error());
}
