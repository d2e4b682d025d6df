#include <postrider/codec/base64.hpp>
#include <postrider/core/digest.hpp>
#include <utility>

#include "server_fixture.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;
using namespace std::literals;

namespace {

server_engine::options with_auth() {
    server_engine::options o;
    o.offer_auth = o.auth_in_clear = true;
    o.cram_seed = "1896@localhost";
    o.secret_of = [](std::string_view user) -> std::optional<std::string> {
        if (user == "tim") return "secret";
        return std::nullopt;
    };
    return o;
}

std::string plain(std::string const& user, std::string const& secret) {
    return codec::encode_base64('\0' + user + '\0' + secret);
}

std::string after_ehlo(std::string octets, server_engine::options o = with_auth()) {
    server_peer peer(std::move(o));
    peer.lines({"EHLO x"});
    return peer.say(octets);
}

}  // namespace

TEST_CASE("PLAIN, LOGIN and CRAM-MD5 authenticate") {
    server_peer peer(with_auth());
    CHECK(peer.lines({"EHLO x"}).ends_with("250 AUTH CRAM-MD5 PLAIN LOGIN"));
    CHECK(peer.say("AUTH PLAIN " + plain("tim", "secret") + "\r\n") == "235 2.7.0 authenticated");
    CHECK(peer.engine.user() == "tim");

    CHECK(after_ehlo("auth plain\r\n" + plain("tim", "secret") + "\r\n") == "334  | 235 2.7.0 authenticated");
    CHECK(after_ehlo("AUTH LOGIN\r\ndGlt\r\nc2VjcmV0\r\n") ==
          "334 VXNlcm5hbWU6 | 334 UGFzc3dvcmQ6 | 235 2.7.0 authenticated");
    CHECK(after_ehlo("AUTH LOGIN dGlt\r\nc2VjcmV0\r\n") == "334 UGFzc3dvcmQ6 | 235 2.7.0 authenticated");
    CHECK(after_ehlo("AUTH LOGIN dGlt\r\nc2VjcmV1\r\n") == "334 UGFzc3dvcmQ6 | 535 5.7.8 user or secret is wrong");

    auto const answer = "tim " + to_hex(hmac_md5("secret", "<1.1896@localhost>"));
    CHECK(after_ehlo("AUTH CRAM-MD5\r\n" + codec::encode_base64(answer) + "\r\n") ==
          "334 " + codec::encode_base64("<1.1896@localhost>") + " | 235 2.7.0 authenticated");
}

TEST_CASE("no challenge of CRAM-MD5 comes twice, and none without a seed") {
    server_peer peer(with_auth());
    peer.lines({"EHLO x"});
    auto const first = peer.lines({"AUTH CRAM-MD5", "*"});
    CHECK(first != peer.lines({"AUTH CRAM-MD5", "*"}));
    auto o = with_auth();
    o.cram_seed.clear();
    CHECK(after_ehlo("AUTH CRAM-MD5\r\n", o) == "504 5.5.4 that mechanism is not offered");
}

TEST_CASE("hazard 27: AUTH is neither offered nor taken in clear") {
    auto o = with_auth();
    o.auth_in_clear = false;
    o.offer_starttls = true;
    server_peer peer(o);
    CHECK(peer.lines({"EHLO x"}).find("AUTH") == std::string::npos);
    CHECK(peer.say("AUTH PLAIN " + plain("tim", "secret") + "\r\n") ==
          "538 5.7.11 AUTH needs TLS: STARTTLS comes first");
    peer.lines({"STARTTLS"});
    peer.tls_is_up();
    CHECK(peer.lines({"EHLO x"}).find("250 AUTH CRAM-MD5 PLAIN LOGIN") != std::string::npos);
    CHECK(peer.say("AUTH PLAIN " + plain("tim", "secret") + "\r\n") == "235 2.7.0 authenticated");
}

TEST_CASE("hazard 28: a line of AUTH has its own limit") {
    auto const too_long = "500 5.5.6 the line is too long"s;
    CHECK(after_ehlo("AUTH PLAIN " + std::string(12275, 'A') + "\r\n") != too_long);
    CHECK(after_ehlo("AUTH PLAIN " + std::string(12276, 'A') + "\r\nNOOP\r\n") == too_long + " | 250 2.0.0 ok");
    CHECK(after_ehlo("AUTH PLAIN\r\n" + std::string(12287, 'A') + "\r\nNOOP\r\n") ==
          "334  | " + too_long + " | 250 2.0.0 ok");
}

TEST_CASE("hazard 29: bad base64 ends the exchange, and so does '*'") {
    auto const no_base64 = "501 5.5.2 that is no base64"s;
    for (auto const* text : {"!!!!", "AHRpbQ", "A===", "AAAA=", "A A="}) {
        CHECK(after_ehlo("AUTH PLAIN "s + text + "\r\n") == no_base64);
        CHECK(after_ehlo("AUTH PLAIN\r\n"s + text + "\r\nNOOP\r\n") == "334  | " + no_base64 + " | 250 2.0.0 ok");
    }
    CHECK(after_ehlo("AUTH PLAIN\r\n=\r\n") == "334  | " + no_base64);
    CHECK(after_ehlo("AUTH PLAIN =\r\n") == "501 5.5.2 the mechanism has no such response");
    CHECK(after_ehlo("AUTH LOGIN\r\n*\r\nNOOP\r\n") ==
          "334 VXNlcm5hbWU6 | 501 5.7.0 authentication given up | 250 2.0.0 ok");
    CHECK(after_ehlo("AUTH PLAIN *\r\n") == no_base64);
}

TEST_CASE("hazard 30: malformed responses and commands are refused, and nothing worse") {
    auto const malformed = "501 5.5.2 the mechanism has no such response"s;
    for (auto const& message : {""s, "\0"s, "\0\0\0\0"s, "tim"s, "\0tim\0"s})
        CHECK(after_ehlo("AUTH PLAIN\r\n" + codec::encode_base64(message) + "\r\n") == "334  | " + malformed);
    CHECK(after_ehlo("AUTH CRAM-MD5 dGlt\r\n") == malformed);
    CHECK(after_ehlo("AUTH\r\n") == "501 5.5.4 AUTH needs a mechanism");
    CHECK(after_ehlo("AUTH     \r\n") == "501 5.5.4 AUTH needs a mechanism");
    CHECK(after_ehlo("AUTH GSSAPI\r\n") == "504 5.5.4 that mechanism is not offered");
    CHECK(after_ehlo("AUTH PLAIN a b c\r\n") == "501 5.5.2 that is no base64");
}

TEST_CASE("hazard 31: AUTH only once, before a transaction, after EHLO or HELO, and where it is offered") {
    auto const good = "AUTH PLAIN " + plain("tim", "secret") + "\r\n";
    CHECK(after_ehlo(good + good) == "235 2.7.0 authenticated | 503 5.5.1 authenticated already");
    CHECK(after_ehlo("MAIL FROM:<a@x>\r\n" + good) == "250 2.1.0 sender ok | 503 5.5.1 not within a transaction");
    CHECK(after_ehlo("HELO x\r\n" + good) == "250 localhost | 235 2.7.0 authenticated");
    CHECK(after_ehlo(good, {}) == "502 5.5.1 AUTH is not offered");
}

TEST_CASE("hazard 32: who guesses waits longer each time, and five wrong secrets are the end") {
    server_peer peer(with_auth());
    peer.lines({"EHLO x"});
    auto const wrong = "AUTH PLAIN " + plain("tim", "guess") + "\r\n";
    for (int i = 1; i < 5; ++i) {
        CHECK(peer.say(wrong) == "535 5.7.8 user or secret is wrong");
        CHECK(peer.waited() == i * 1s);
    }
    CHECK(peer.say(wrong) == "535 5.7.8 user or secret is wrong | 421 4.7.0 localhost too many wrong secrets");
    CHECK(peer.finished());
}

TEST_CASE("where AUTH is required no mail passes without") {
    auto o = with_auth();
    o.require_auth = true;
    auto const first = "530 5.7.0 AUTH comes first"s;
    CHECK(after_ehlo("MAIL FROM:<a@x>\r\nVRFY a\r\nNOOP\r\n", o) == first + " | " + first + " | 250 2.0.0 ok");
    CHECK(after_ehlo("AUTH PLAIN " + plain("tim", "secret") + "\r\nMAIL FROM:<a@x>\r\n", o) ==
          "235 2.7.0 authenticated | 250 2.1.0 sender ok");
}

TEST_CASE("without a lookup every user is let in") {
    auto o = with_auth();
    o.secret_of = nullptr;
    CHECK(after_ehlo("AUTH PLAIN " + plain("anybody", "x") + "\r\n", o) == "235 2.7.0 authenticated");
    CHECK(after_ehlo("AUTH PLAIN " + plain("", "x") + "\r\n", o) == "501 5.5.2 the mechanism has no such response");
}
