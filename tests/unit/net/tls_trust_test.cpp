#include <doctest/doctest.h>
#include <openssl/ssl.h>

#include "net/handshake.hpp"

using namespace postrider;
using namespace postrider::test;

namespace {

/// Trusts the certificate `shown`, and asks for more.
net::tls_options beside(certificate const& shown) {
    net::tls_options options;
    options.ca_file = shown.file;
    return options;
}

net::tls_options by_fingerprint_alone(certificate const& expected) {
    net::tls_options options;
    options.fingerprints = {expected.fingerprint()};
    options.fingerprint_is_enough = true;
    return options;
}

}  // namespace

TEST_CASE("a fingerprint is 32 octets in hexadecimal digits, with or without colons") {
    std::string const plain(64, 'a');
    std::string colons = "AA";
    for (int i = 1; i < 32; ++i) colons += ":aA";
    CHECK(net::fingerprint(plain) == plain);
    CHECK(net::fingerprint(colons) == plain);
    for (auto const& bad : {std::string(), std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'g'),
                            colons + ':', ':' + colons, "a:a" + std::string(62, 'a'), "aa::" + std::string(62, 'a')})
        CHECK_MESSAGE(net::fingerprint(bad) == std::nullopt, bad);
}

TEST_CASE_TEMPLATE("a pinned certificate is asked for beside everything else", Front, blocking_front, awaiting_front) {
    certificate shown, other;
    auto options = beside(shown);
    options.fingerprints = {shown.fingerprint()};
    CHECK_FALSE(handshake<Front>(shown, client_tls_by(options), "localhost").outcome);
    CHECK(handshake<Front>(shown, client_tls_by(options), "other.example").refused_for("hostname mismatch"));

    options.fingerprints = {other.fingerprint()};
    handshake<Front> refused(shown, client_tls_by(options), "localhost");
    CHECK(refused.refused_for("its SHA-256 fingerprint is " + shown.fingerprint() + ", which is not expected"));
    options.fingerprints.push_back(shown.fingerprint());  // the new one beside the old
    CHECK_FALSE(handshake<Front>(shown, client_tls_by(options), "localhost").outcome);

    options.ca_file.clear();  // the right fingerprint does not replace an issuer unless it is told to
    CHECK(handshake<Front>(shown, client_tls_by(options), "localhost").refused_for("self-signed certificate"));
}

TEST_CASE_TEMPLATE("a fingerprint is enough when that is said: no issuer, name or date counts", Front, blocking_front,
                   awaiting_front) {
    certificate_wish wish;
    wish.alternative_names = "DNS:other.example";
    wish.valid_from = -7200, wish.valid_until = -3600;
    certificate shown(wish), other(wish);
    for (int newest : {0, TLS1_2_VERSION}) {
        for (auto const* host : {"localhost", "127.0.0.1", ""})
            CHECK_FALSE(handshake<Front>(shown, client_tls_by(by_fingerprint_alone(shown)), host, newest).outcome);
        CHECK(handshake<Front>(other, client_tls_by(by_fingerprint_alone(shown)), "localhost", newest)
                  .refused_for(other.fingerprint()));
    }
}

TEST_CASE_TEMPLATE("a fingerprint holds where any certificate would do", Front, blocking_front, awaiting_front) {
    certificate shown, other;
    net::tls_options options;
    options.accept_any_certificate_dangerously = true;
    options.fingerprints = {other.fingerprint()};
    CHECK(handshake<Front>(shown, client_tls_by(options), "localhost").refused_for("fingerprint"));
    CHECK_FALSE(handshake<Front>(other, client_tls_by(options), "localhost").outcome);
}

TEST_CASE_TEMPLATE("a server that wants a certificate gets ours, and its refusal is told", Front, blocking_front,
                   awaiting_front) {
    certificate shown, ours, stranger;
    for (int newest : {0, TLS1_2_VERSION}) {
        listen_options wanting;
        wanting.shown = &shown;
        wanting.client = &ours;
        wanting.newest_tls = newest;

        auto options = beside(shown);
        options.certificate_file = ours.file, options.key_file = ours.key_file;
        handshake<Front> known(wanting, client_tls_by(options), "localhost");
        REQUIRE_FALSE(known.outcome);
        REQUIRE_FALSE(known.front.write({"x"}));
        CHECK(read_until(known.front, 1) == "x");

        // A refusal of TLS 1.3 comes after the handshake, with the first octets read.                RFC 8446 §4.4.2.4
        auto const words_of_refusal = [&](net::tls_options const& shows) {
            handshake<Front> refused(wanting, client_tls_by(shows), "localhost");
            char room[16];
            if (!refused.outcome) CHECK_FALSE(refused.front.read(room));
            return refused.front.stream().last_error_detail();
        };
        auto const nothing = words_of_refusal(beside(shown));
        if (newest == 0) CHECK(nothing.find("the server wants a client's certificate") != nothing.npos);
        options.certificate_file = stranger.file, options.key_file = stranger.key_file;
        auto const wrong = words_of_refusal(options);
        INFO(wrong);
        CHECK(wrong.find("the peer does not take our certificate") != wrong.npos);
    }
}

TEST_CASE_TEMPLATE("hazard 69: the least version can be raised, and a refusal names it", Front, blocking_front,
                   awaiting_front) {
    certificate shown;
    auto options = beside(shown);
    options.least_version = net::tls_version::tls_1_3;
    CHECK_FALSE(handshake<Front>(shown, client_tls_by(options), "localhost").outcome);
    CHECK(handshake<Front>(shown, client_tls_by(options), "localhost", TLS1_2_VERSION)
              .refused_for("does not speak TLS 1.3, the least that is accepted here"));
    CHECK(handshake<Front>(shown, client_tls_by(beside(shown)), "localhost", TLS1_1_VERSION)
              .refused_for("does not speak TLS 1.2, the least that is accepted here"));
}

TEST_CASE_TEMPLATE("hazard 68: a refusal names what did not match", Front, blocking_front, awaiting_front) {
    certificate_wish wish;
    wish.alternative_names = "DNS:mx.example,DNS:*.mail.example,IP:192.0.2.1";
    certificate other(wish);
    CHECK(handshake<Front>(other, trusting(other.file), "localhost")
              .refused_for("made out to mx.example, *.mail.example, 192.0.2.1, not to localhost"));
    CHECK(handshake<Front>(other, trusting(other.file), "127.0.0.1").refused_for("not to 127.0.0.1"));
    wish.valid_from = -7200, wish.valid_until = -3600;
    certificate expired(wish);
    CHECK(handshake<Front>(expired, trusting(expired.file), "mx.example")
              .refused_for("has expired: the server's own is "
                           "valid from 20"));
    wish.alternative_names.clear();
    wish.common_name = "mx\x1b[2J.example";
    wish.valid_until = 3600;
    certificate hostile(wish);
    CHECK(
        handshake<Front>(hostile, trusting(hostile.file), "mx.example").refused_for("made out to no name, not to mx"));
    CHECK(handshake<Front>(hostile, trusting({}), "mx.example").refused_for("signed by CN=mx\\1B[2J.example"));
}

TEST_CASE("what a client would show or expect must be readable and right") {
    certificate one, other;
    std::string why;
    net::tls_options options;
    options.certificate_file = "/no/such/file";
    CHECK(net::client_tls(options, why).error() == io_errc::tls_failed);
    CHECK(why.find("cannot read a certificate from /no/such/file") == 0);
    options.certificate_file = one.file, options.key_file = "/no/such/key";
    CHECK(net::client_tls(options, why).error() == io_errc::tls_failed);
    CHECK(why.find("/no/such/key") != why.npos);
    options.key_file = other.key_file;
    CHECK(net::client_tls(options, why).error() == io_errc::tls_failed);
    CHECK(why.find(other.key_file) != why.npos);

    net::tls_options pinned;
    pinned.fingerprints = {"abc"};
    CHECK(net::client_tls(pinned, why).error() == io_errc::tls_failed);
    CHECK(why == "\"abc\" is no SHA-256 fingerprint: 64 hexadecimal digits are due");
}
