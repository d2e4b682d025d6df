#include <doctest/doctest.h>

#include <future>

#include "client/fronts.hpp"
#include "client/mail_server.hpp"

using namespace postrider;
using namespace postrider::test;

/// What a client asks of TLS and tells of it, for the blocking and the awaiting client alike.

namespace {

smtp::client_options expecting(net::tls_options tls) {
    smtp::client_options options;
    options.local_hostname = "me.example";
    options.timeout = soon;
    options.tls = std::move(tls);
    return options;
}

net::tls_options trusting(certificate const& shown) {
    net::tls_options tls;
    tls.ca_file = shown.file;
    return tls;
}

struct tls_server {
    explicit tls_server(certificate const* client = nullptr)
        : listening(options(client)), server(talk(client), listening) {}
    static dialogue talk(bool tls_first) {
        dialogue said;
        said.tls_first = tls_first;
        if (!tls_first) said.extensions = {"STARTTLS"};
        return said;
    }
    listen_options options(certificate const* client) const {
        listen_options options;
        options.shown = &shown;
        options.client = client;
        return options;
    }
    std::string url() const { return server.url() + "?starttls=required"; }

    certificate shown;
    listen_options listening;
    mail_server server;
};

}  // namespace

TEST_CASE_TEMPLATE("a client tells what the server showed, and nothing in clear", Front, blocking_client,
                   awaiting_client) {
    tls_server there;
    Front front;
    REQUIRE(front.connect(there.server.url(), expecting(trusting(there.shown))));
    CHECK_FALSE(front.client().tls_peer());
    REQUIRE(front.starttls().code == 220);
    auto const peer = front.client().tls_peer();
    REQUIRE(peer);
    CHECK(peer->sha256 == there.shown.fingerprint());
    CHECK(peer->trust == net::tls_trust::authorities);
}

TEST_CASE_TEMPLATE("a certificate that was refused is told after the session has ended", Front, blocking_client,
                   awaiting_client) {
    tls_server there;
    Front front;
    auto const outcome = front.connect(there.url(), expecting({}));
    REQUIRE_FALSE(outcome);
    CHECK(outcome.error().failure.kind() == smtp::errc::tls_error);
    CHECK(outcome.error().failure.detail.find("signed by CN=localhost") != std::string::npos);
    CHECK_FALSE(front.is_connected());
    REQUIRE(front.client().tls_peer());
    CHECK(front.client().tls_peer()->sha256 == there.shown.fingerprint());
    CHECK(front.client().tls_peer()->trust == net::tls_trust::nobody);
}

TEST_CASE_TEMPLATE("quit ends TLS in good form", Front, blocking_client, awaiting_client) {
    certificate shown;
    listen_options options;
    options.shown = &shown;
    std::promise<bool> finished;
    test_server server(options, [&](connection& peer, SSL_CTX* tls) {
        if (!peer.start_tls(tls)) return;
        peer.write("220 mx.example\r\n");
        while (auto line = peer.read_line()) peer.write(line == "QUIT" ? "221 bye\r\n" : "250 ok\r\n");
        finished.set_value(peer.tls_was_finished());
    });
    Front front;
    REQUIRE(front.connect("smtps://" + server.address(), expecting(trusting(shown))));
    CHECK(front.quit().code == 221);
    CHECK_FALSE(front.is_connected());
    auto future = finished.get_future();
    REQUIRE(future.wait_for(soon) == std::future_status::ready);
    CHECK(future.get());
}

TEST_CASE_TEMPLATE("a fingerprint stands in for an issuer where that is said", Front, blocking_client,
                   awaiting_client) {
    tls_server there;
    net::tls_options tls;
    tls.fingerprints = {there.shown.fingerprint()};
    CHECK_FALSE(Front().connect(there.url(), expecting(tls)));
    tls.fingerprint_is_enough = true;
    Front front;
    REQUIRE(front.connect(there.url(), expecting(tls)));
    CHECK(front.send(small_mail()));
    front.quit();  // the server serves one after the other
    tls.fingerprints = {std::string(64, '0')};
    auto const refused = Front().connect(there.url(), expecting(tls));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().failure.detail.find("its SHA-256 fingerprint is " + there.shown.fingerprint()) !=
          std::string::npos);
}

TEST_CASE_TEMPLATE("a client shows its certificate to a server that wants one", Front, blocking_client,
                   awaiting_client) {
    certificate ours;
    tls_server there(&ours);
    auto tls = trusting(there.shown);
    // smtps: who reads first learns why; a command written into the closing connection may be answered by a reset alone.
    auto const refused = Front().connect(there.server.url("smtps"), expecting(tls));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().failure.detail.find("the server wants a client's certificate") != std::string::npos);
    tls.certificate_file = ours.file, tls.key_file = ours.key_file;
    Front front;
    REQUIRE(front.connect(there.server.url("smtps"), expecting(tls)));
    CHECK(front.send(small_mail()));
}

TEST_CASE_TEMPLATE("a client resumes its session, and clients with one cache each other's", Front, blocking_client,
                   awaiting_client) {
    tls_server there;
    auto options = expecting(trusting(there.shown));
    auto const visit = [&](Front& front) {
        REQUIRE(front.connect(there.url(), options));
        bool const resumed = front.client().tls_peer()->resumed;
        CHECK(front.send(small_mail()));
        CHECK(front.quit().code == 221);
        return resumed;
    };
    Front first, second;
    CHECK_FALSE(visit(first));
    CHECK_FALSE(visit(second));
    options.tls_cache = std::make_shared<net::tls_cache>();
    CHECK_FALSE(visit(first));
    CHECK(visit(second));
    CHECK(visit(first));
}

TEST_CASE_TEMPLATE("a client that connects again resumes", Front, blocking_client, awaiting_client) {
    tls_server there;
    Front front;
    REQUIRE(front.connect(there.url(), expecting(trusting(there.shown))));
    CHECK_FALSE(front.client().tls_peer()->resumed);
    front.quit();
    REQUIRE(front.connect_again());
    CHECK(front.client().tls_peer()->resumed);
}
