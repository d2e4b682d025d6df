#include <doctest/doctest.h>

#include <postrider/core/error.hpp>

#include "exchange.hpp"

using namespace postrider;
using namespace postrider::test;
using said = std::vector<std::string>;

namespace {

std::string const no_login = octets("\5\0"), by_password = octets("\5\2");
std::string const connected = octets("\5\0\0\1\x7f\0\0\1\x1f\x90");

exchange ask(proxy::request wish, std::vector<std::string> answers, std::size_t piece_octets = 1 << 20) {
    auto const engine = proxy::make_socks5(std::move(wish));
    return exchange(*engine, std::move(answers), piece_octets);
}

std::string connect_to_name(std::string const& name, std::string const& port) {
    return octets("\5\1\0\3") + static_cast<char>(name.size()) + name + port;
}

}  // namespace

TEST_CASE("SOCKS 5 without a login: the proxy looks the name up, and what follows is the target's") {
    for (std::size_t piece : {1, 2, 3, 1000}) {
        auto const it = ask({"mx.example", 587, {}, {}}, {no_login, connected + "220 mx.example\r\n"}, piece);
        CHECK_FALSE(it.outcome);
        CHECK(it.said == said{octets("\5\1\0"), connect_to_name("mx.example", "\x02\x4b")});
        CHECK(it.left_over == "220 mx.example\r\n");
    }
}

TEST_CASE("SOCKS 5 leads to addresses as to names, and its answers hold any of the three") {
    auto const target = [](std::string host) {
        return ask({std::move(host), 25, {}, {}}, {no_login, connected}).said.at(1);
    };
    CHECK(target("192.0.2.1") == octets("\5\1\0\1\xc0\0\2\1\0\x19"));
    CHECK(target("2001:db8::1") == octets("\5\1\0\4\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1\0\x19"));
    CHECK(target("192.0.2.256") == connect_to_name("192.0.2.256", octets("\0\x19")));
    for (auto const& answer : {octets("\5\0\0\4") + std::string(18, 'x'), octets("\5\0\0\3\5proxy\0\1"),
                               octets("\5\0\0\3\0\0\1"), octets("\5\0\0\3\xff") + std::string(257, 'x')}) {
        auto const it = ask({"mx.example", 25, {}, {}}, {no_login, answer + "220"});
        CHECK_FALSE(it.outcome);
        CHECK(it.left_over == "220");
    }
}

TEST_CASE("SOCKS 5 logs in when the proxy asks for it") {
    proxy::request const wish{"mx.example", 25, "user", "secret"};
    auto const it = ask(wish, {by_password, octets("\1\0"), connected});
    CHECK_FALSE(it.outcome);
    CHECK(it.said == said{octets("\5\2\0\2"), "\1\4user\6secret", connect_to_name("mx.example", octets("\0\x19"))});
    CHECK_FALSE(ask(wish, {no_login, connected}).outcome);

    auto const wrong = ask(wish, {by_password, octets("\1\1")});
    CHECK(wrong.outcome == proxy::errc::authentication_failed);
    CHECK(wrong.outcome == condition::permanent);
    CHECK(wrong.words == "the proxy does not take this user and password");
    CHECK(wrong.said.size() == 2);
}

TEST_CASE("a SOCKS 5 proxy that wants a login gets none that was not given") {
    auto const none_given = ask({"mx.example", 25, {}, {}}, {"\5\xff"});
    CHECK(none_given.outcome == proxy::errc::authentication_failed);
    CHECK(none_given.words == "the proxy wants a login: give user and password");
    CHECK(ask({"mx.example", 25, "u", "p"}, {"\5\xff"}).outcome == proxy::errc::authentication_failed);
    CHECK(ask({"mx.example", 25, {}, {}}, {by_password}).outcome == proxy::errc::protocol_violated);
    CHECK(ask({"mx.example", 25, "u", "p"}, {"\5\1"}).outcome == proxy::errc::protocol_violated);
}

TEST_CASE("what a SOCKS 5 proxy refuses it gives a reason for") {
    auto const refused = [](char reply) {
        return ask({"mx.example", 25, {}, {}}, {no_login, octets("\5") + reply + octets("\0\1\0\0\0\0\0\0")});
    };
    CHECK(refused(2).outcome == proxy::errc::refused);
    CHECK(refused(2).words == "the proxy says: not allowed by its rules");
    CHECK(refused(2).outcome == condition::permanent);
    CHECK(refused(5).outcome == proxy::errc::target_unreachable);
    CHECK(refused(5).words == "the proxy says: connection refused");
    CHECK(refused(5).outcome == condition::transient);
    for (char reply : {'\1', '\3', '\4', '\6'}) CHECK(refused(reply).outcome == proxy::errc::target_unreachable);
    for (char reply : {'\7', '\10'}) CHECK(refused(reply).outcome == proxy::errc::refused);
    CHECK(refused(9).outcome == proxy::errc::protocol_violated);
    CHECK(ask({"mx.example", 25, {}, {}}, {no_login, octets("\5\5\0\1")}).outcome == proxy::errc::target_unreachable);
}

TEST_CASE("what speaks no SOCKS 5 is found out, and a cut is a cut") {
    for (auto const* greeting : {"HTTP/1.1 400 Bad Request\r\n", "220 mx.example ESMTP\r\n", "\4Z"})
        CHECK(ask({"mx.example", 25, {}, {}}, {greeting}).outcome == proxy::errc::protocol_violated);
    CHECK(ask({"mx.example", 25, {}, {}}, {no_login, octets("\4\0\0\1")}).outcome == proxy::errc::protocol_violated);
    CHECK(ask({"mx.example", 25, {}, {}}, {no_login, octets("\5\0\0\2")}).outcome == proxy::errc::protocol_violated);
    for (std::size_t cut = 0; cut < connected.size(); ++cut) {
        auto const it = ask({"mx.example", 25, {}, {}}, {no_login, connected.substr(0, cut)});
        CHECK(it.outcome == io_errc::end_of_stream);
        CHECK(it.words.starts_with("the connection to the proxy: "));
    }
}

TEST_CASE("hazard 63: what does not fit into a SOCKS request is refused before anything is sent") {
    std::string const long_text(256, 'x');
    for (auto const& wish :
         {proxy::request{"", 25, {}, {}}, proxy::request{long_text, 25, {}, {}},
          proxy::request{octets("mx\0.example"), 25, {}, {}}, proxy::request{"mx.example", 25, long_text, {}},
          proxy::request{"mx.example", 25, "user", long_text}}) {
        auto const it = ask(wish, {no_login, connected});
        CHECK(it.outcome == std::errc::invalid_argument);
        CHECK(it.said.empty());
    }
    CHECK_FALSE(ask({std::string(255, 'x'), 25, {}, {}}, {no_login, connected}).outcome);
}
