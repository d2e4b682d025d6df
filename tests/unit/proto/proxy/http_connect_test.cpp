#include <doctest/doctest.h>

#include <postrider/core/error.hpp>
#include <postrider/core/limits.hpp>

#include "exchange.hpp"

using namespace postrider;
using namespace postrider::test;

namespace {

exchange ask(proxy::request wish, std::string answer, std::size_t piece_octets = 1 << 20) {
    auto const engine = proxy::make_http_connect(std::move(wish));
    return exchange(*engine, {std::move(answer)}, piece_octets);
}

proxy::request const to_mx{"mx.example", 587, {}, {}};

}  // namespace

TEST_CASE("CONNECT names the target, and what follows the blank line is the target's") {
    for (std::size_t piece : {1, 2, 1000})
        for (auto const* head : {"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.0 200 Connection established\r\nVia: x\r\n\r\n",
                                 "HTTP/1.1 299\r\n\r\n", "HTTP/1.1 200 OK\n\n", "HTTP/1.1 200 \nA: b\r\n\n"}) {
            auto const it = ask(to_mx, head + std::string("220 mx.example\r\n"), piece);
            CHECK_FALSE(it.outcome);
            CHECK(it.said ==
                  std::vector<std::string>{"CONNECT mx.example:587 HTTP/1.1\r\nHost: mx.example:587\r\n\r\n"});
            CHECK(it.left_over == "220 mx.example\r\n");
        }
    CHECK(ask({"2001:db8::1", 25, {}, {}}, {}).said.front().starts_with("CONNECT [2001:db8::1]:25 HTTP/1.1\r\n"));
}

TEST_CASE("CONNECT logs in by Basic") {
    auto const it = ask({"mx.example", 25, "Aladdin", "open sesame"}, "HTTP/1.1 200 OK\r\n\r\n");
    CHECK_FALSE(it.outcome);
    CHECK(it.said.front().find("\r\nProxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n") !=
          std::string::npos);
}

TEST_CASE("what an HTTP proxy refuses is told in its own words, escaped") {
    auto const refused = [](std::string const& line) { return ask(to_mx, line + "\r\n\r\nwhy"); };
    CHECK(refused("HTTP/1.1 407 Proxy Authentication Required").outcome == proxy::errc::authentication_failed);
    CHECK(refused("HTTP/1.1 407 Proxy Authentication Required").words ==
          "the proxy says: HTTP/1.1 407 Proxy Authentication Required");
    CHECK(refused("HTTP/1.1 403 Forbidden").outcome == proxy::errc::refused);
    CHECK(refused("HTTP/1.1 403 Forbidden").outcome == condition::permanent);
    CHECK(refused("HTTP/1.1 302 Found").outcome == proxy::errc::refused);
    CHECK(refused("HTTP/1.1 503 Service Unavailable").outcome == proxy::errc::target_unreachable);
    CHECK(refused("HTTP/1.1 503 Service Unavailable").outcome == condition::transient);
    CHECK(refused("HTTP/1.1 502 \x1b[2J").words == "the proxy says: HTTP/1.1 502 \\x1b[2J");
}

TEST_CASE("an interim answer is no answer, and a proxy that gives no other is given up") {
    std::string const interim = "HTTP/1.1 100 Continue\r\n\r\n";
    CHECK_FALSE(ask(to_mx, interim + interim + "HTTP/1.1 200 OK\r\n\r\n").outcome);
    std::string many;
    for (std::size_t i = 0; i <= limits::proxy_interim_replies; ++i) many += interim;
    CHECK(ask(to_mx, many).outcome == proxy::errc::protocol_violated);
}

TEST_CASE("what speaks no HTTP is found out, an endless head too, and a cut is a cut") {
    for (auto const* answer : {"220 mx.example ESMTP\r\n\r\n", "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 20\r\n\r\n",
                               "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 -20 OK\r\n\r\n", "\r\n\r\n"})
        CHECK_MESSAGE(ask(to_mx, answer).outcome == proxy::errc::protocol_violated, answer);
    CHECK(ask(to_mx, "HTTP/1.1 200 OK\r\nX: " + std::string(1 << 20, 'x')).outcome == proxy::errc::protocol_violated);
    std::string const whole = "HTTP/1.1 200 OK\r\nVia: x\r\n\r\n";
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        auto const it = ask(to_mx, whole.substr(0, cut));
        CHECK(it.outcome == io_errc::end_of_stream);
        CHECK_FALSE(it.words.empty());
    }
}

TEST_CASE("hazard 63: a host or user that would end the request is refused before anything is sent") {
    for (auto const& wish :
         {proxy::request{"", 25, {}, {}}, proxy::request{"mx.example\r\nX: y", 25, {}, {}},
          proxy::request{"mx.example HTTP/1.1", 25, {}, {}}, proxy::request{"mx.example/x", 25, {}, {}},
          proxy::request{"u@mx.example", 25, {}, {}}, proxy::request{"mx.example", 25, "a:b", "c"}}) {
        auto const it = ask(wish, "HTTP/1.1 200 OK\r\n\r\n");
        CHECK(it.outcome == std::errc::invalid_argument);
        CHECK(it.said.empty());
    }
    auto const it = ask({"mx.example", 25, "user\r\n", "secret\r\n"}, "HTTP/1.1 200 OK\r\n\r\n");
    CHECK_FALSE(it.outcome);  // in base64 it is harmless
    CHECK(std::count(it.said.front().begin(), it.said.front().end(), '\n') == 4);
}
