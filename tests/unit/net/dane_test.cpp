#include <doctest/doctest.h>
#include <openssl/ssl.h>

#include "net/handshake.hpp"

using namespace postrider;
using namespace postrider::test;

/// RFC 7672 over real handshakes.

namespace {

net::tls_options vouched_for(std::vector<std::string> const& records) {
    net::tls_options options;
    for (auto const& text : records) {
        auto const record = dane::parse_tlsa_text(text);
        REQUIRE_MESSAGE(record.has_value(), text);
        options.tlsa.push_back(*record);
    }
    return options;
}

template <class Front>
bool passes(certificate const& shown, std::vector<std::string> const& records, std::string const& host = "localhost",
            int newest_tls = 0) {
    handshake<Front> shaken(shown, client_tls_by(vouched_for(records)), host, newest_tls);
    if (!shaken.outcome) CHECK(shaken.front.stream().tls_peer()->trust == net::tls_trust::tlsa);
    return !shaken.outcome;
}

}  // namespace

TEST_CASE_TEMPLATE("DANE-EE: the domain vouches for the certificate or its key, whatever its name and dates", Front,
                   blocking_front, awaiting_front) {
    certificate_wish wish;
    wish.alternative_names = "DNS:other.example";
    wish.valid_from = -7200, wish.valid_until = -3600;
    certificate shown(wish), other(wish);
    for (int newest : {0, TLS1_2_VERSION}) {
        CHECK(passes<Front>(shown, {"3 1 1 " + shown.key_fingerprint()}, "localhost", newest));
        CHECK(passes<Front>(shown, {"3 0 1 " + shown.fingerprint()}, "localhost", newest));
        CHECK(passes<Front>(shown, {"3 1 1 " + other.key_fingerprint(), "3 1 1 " + shown.key_fingerprint()},
                            "localhost", newest));
        CHECK_FALSE(passes<Front>(shown, {"3 1 1 " + other.key_fingerprint()}, "localhost", newest));
        CHECK_FALSE(passes<Front>(shown, {"3 0 1 " + shown.key_fingerprint()}, "localhost", newest));
    }
}

TEST_CASE_TEMPLATE("DANE-TA: the domain vouches for an authority, and names and dates count", Front, blocking_front,
                   awaiting_front) {
    certificate_wish of_authority;
    of_authority.common_name = "authority";
    of_authority.is_authority = true;
    certificate authority(of_authority), stranger(of_authority);
    certificate_wish wish;
    certificate shown(wish, &authority);
    wish.valid_from = -7200, wish.valid_until = -3600;
    certificate expired(wish, &authority);
    CHECK(passes<Front>(shown, {"2 0 1 " + authority.fingerprint()}));
    CHECK(passes<Front>(shown, {"2 1 1 " + authority.key_fingerprint()}));
    CHECK_FALSE(passes<Front>(shown, {"2 0 1 " + stranger.fingerprint()}));
    CHECK_FALSE(passes<Front>(shown, {"2 0 1 " + authority.fingerprint()}, "other.example"));
    CHECK_FALSE(passes<Front>(expired, {"2 0 1 " + authority.fingerprint()}));
    CHECK(passes<Front>(expired, {"2 0 1 " + authority.fingerprint(), "3 1 1 " + expired.key_fingerprint()}));
}

TEST_CASE_TEMPLATE("with TLSA records an authority that the client trusts does not count", Front, blocking_front,
                   awaiting_front) {
    certificate shown, other;
    auto options = vouched_for({"3 1 1 " + other.key_fingerprint()});
    options.ca_file = shown.file;
    CHECK(handshake<Front>(shown, client_tls_by(options), "localhost")
              .refused_for("no TLSA record matches it; its SHA-256 fingerprint is " + shown.fingerprint()));
    options.accept_any_certificate_dangerously = true;
    CHECK(handshake<Front>(shown, client_tls_by(options), "localhost").refused_for("no TLSA record matches"));
}

TEST_CASE_TEMPLATE("a fingerprint is asked for beside TLSA records", Front, blocking_front, awaiting_front) {
    certificate shown, other;
    auto options = vouched_for({"3 1 1 " + shown.key_fingerprint()});
    options.fingerprints = {other.fingerprint()};
    options.fingerprint_is_enough = true;
    CHECK(handshake<Front>(shown, client_tls_by(options), "localhost").refused_for("fingerprint"));
    options.fingerprints = {shown.fingerprint()};
    CHECK_FALSE(handshake<Front>(shown, client_tls_by(options), "localhost").outcome);
}

TEST_CASE("hazard 87: TLSA records of which none can be used are no leave to trust anybody") {
    certificate shown;
    std::string why;
    for (auto const& text : {"0 0 1 " + shown.fingerprint(), "1 1 1 " + shown.key_fingerprint(),
                             std::string("3 1 1 6b"), "3 9 1 " + shown.fingerprint(), "3 1 9 " + shown.fingerprint()}) {
        CHECK(net::client_tls(vouched_for({text}), why).error() == io_errc::tls_failed);
        CHECK(why == "none of the TLSA records can be used");
    }
    // What claims to be a whole certificate and is none is found out when it is used.
    handshake<blocking_front> refused(shown, client_tls_by(vouched_for({"3 0 0 6b6b"})), "localhost");
    CHECK(refused.refused_for("none of the TLSA records can be used"));
}
