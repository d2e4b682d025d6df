#include <doctest/doctest.h>
#include <openssl/ssl.h>

#include <chrono>

#include "net/handshake.hpp"

using namespace postrider;
using namespace postrider::test;
using namespace std::chrono_literals;
using names = std::vector<std::string>;

TEST_CASE_TEMPLATE("a stream tells what its peer showed", Front, blocking_front, awaiting_front) {
    certificate_wish wish;
    wish.common_name = "mail of Пример";
    wish.alternative_names = "DNS:localhost,DNS:*.mail.example,email:a@mail.example,IP:127.0.0.1,IP:::1";
    certificate shown(wish);
    auto const now = std::chrono::system_clock::now();
    for (int newest : {0, TLS1_2_VERSION}) {
        handshake<Front> shaken(shown, trusting(shown.file), "localhost", newest);
        auto const peer = shaken.front.stream().tls_peer();
        REQUIRE(peer);
        CHECK(peer->protocol == (newest ? "TLSv1.2" : "TLSv1.3"));
        CHECK(peer->protocol + ' ' + peer->cipher == shaken.front.stream().tls_description());
        CHECK_FALSE(peer->resumed);
        CHECK(peer->trust == net::tls_trust::authorities);
        CHECK(peer->subject == "CN=mail of Пример");
        CHECK(peer->issuer == peer->subject);
        CHECK(peer->names == names{"localhost", "*.mail.example", "127.0.0.1", "::1"});
        CHECK(peer->valid_from > now - 2h);
        CHECK(peer->valid_from < now);
        CHECK(peer->valid_until > now);
        CHECK(peer->valid_until < now + 2h);
        CHECK(peer->sha256 == shown.fingerprint());
    }
}

TEST_CASE_TEMPLATE("a certificate that was refused can be looked at", Front, blocking_front, awaiting_front) {
    certificate shown;
    for (int newest : {0, TLS1_2_VERSION}) {
        handshake<Front> refused(shown, trusting({}), "localhost", newest);
        REQUIRE(refused.outcome);
        auto const peer = refused.front.stream().tls_peer();
        REQUIRE(peer);
        CHECK(peer->sha256 == shown.fingerprint());
        CHECK(peer->trust == net::tls_trust::nobody);
    }
}

TEST_CASE_TEMPLATE("what a certificate was believed for is told", Front, blocking_front, awaiting_front) {
    certificate shown;
    net::tls_options anybody;
    anybody.accept_any_certificate_dangerously = true;
    CHECK(handshake<Front>(shown, client_tls_by(anybody), "localhost").front.stream().tls_peer()->trust ==
          net::tls_trust::nobody);
    net::tls_options pinned;
    pinned.fingerprints = {shown.fingerprint()};
    pinned.fingerprint_is_enough = true;
    CHECK(handshake<Front>(shown, client_tls_by(pinned), "localhost").front.stream().tls_peer()->trust ==
          net::tls_trust::fingerprint);
}

TEST_CASE_TEMPLATE("there is nothing to show in clear", Front, blocking_front, awaiting_front) {
    test_server server({}, [](connection& peer, SSL_CTX*) { peer.wait_for_end(); });
    Front front;
    REQUIRE_FALSE(front.connect(net::endpoint{"127.0.0.1", server.port(), {}}));
    CHECK_FALSE(front.stream().tls_peer());
    CHECK(front.start_tls(trusting({}), "localhost", at_once) == io_errc::timed_out);
    CHECK_FALSE(front.stream().tls_peer());
}
