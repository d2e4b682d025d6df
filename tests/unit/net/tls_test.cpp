#include <doctest/doctest.h>
#include <openssl/ssl.h>

#include <sys/socket.h>
#include <postrider/core/digest.hpp>
#include <postrider/net/tls.hpp>
#include <postrider/proto/step.hpp>

#include "net/handshake.hpp"

using namespace postrider;
using namespace postrider::test;
using net::endpoint;

namespace {

certificate_wish names(std::string alternative_names, std::string common_name = "localhost") {
    certificate_wish wish;
    wish.alternative_names = std::move(alternative_names);
    wish.common_name = std::move(common_name);
    return wish;
}

}  // namespace

TEST_CASE_TEMPLATE("octets come back through TLS as they went", Front, blocking_front, awaiting_front) {
    certificate shown;
    handshake<Front> shaken(shown, trusting(shown.file), "localhost");
    REQUIRE_FALSE(shaken.outcome);
    auto& front = shaken.front;
    CHECK(front.stream().secure());
    CHECK(front.stream().tls_description().starts_with("TLSv1.3 TLS_"));

    std::string small = "small", large(100'000, 'y'), record(16 * 1024, 'z');
    std::vector<std::string_view> pieces{small, "", large, small, record, small};
    std::string expected = small + large + small + record + small;
    REQUIRE_FALSE(front.write(pieces));
    CHECK(read_until(front, expected.size()) == expected);
}

TEST_CASE_TEMPLATE("hazard 68: a certificate that nobody vouches for is refused", Front, blocking_front,
                   awaiting_front) {
    certificate shown, other;
    CHECK(handshake<Front>(shown, trusting({}), "localhost").refused_for("self-signed certificate"));
    CHECK(handshake<Front>(shown, trusting(other.file), "localhost").refused_for("certificate verify failed: "));
}

TEST_CASE_TEMPLATE("hazard 68: an expired certificate is refused, and one of tomorrow", Front, blocking_front,
                   awaiting_front) {
    certificate_wish past, future;
    past.valid_from = -7200, past.valid_until = -3600;
    future.valid_from = 3600, future.valid_until = 7200;
    certificate expired(past), early(future);
    CHECK(handshake<Front>(expired, trusting(expired.file), "localhost").refused_for("certificate has expired"));
    CHECK(handshake<Front>(early, trusting(early.file), "localhost").refused_for("certificate is not yet valid"));
}

TEST_CASE_TEMPLATE("hazard 68: a certificate for another name is refused", Front, blocking_front, awaiting_front) {
    certificate other(names("DNS:other.example")), common_name_only(names("")), partial(names("DNS:local*.example")),
        no_address(names("DNS:localhost,DNS:127.0.0.1")), wildcard(names("DNS:*.mail.example"));
    CHECK(handshake<Front>(other, trusting(other.file), "localhost").refused_for("hostname mismatch"));
    CHECK(handshake<Front>(common_name_only, trusting(common_name_only.file), "localhost")
              .refused_for("hostname mismatch"));
    CHECK(handshake<Front>(partial, trusting(partial.file), "localhost.example").refused_for("hostname mismatch"));
    CHECK(handshake<Front>(no_address, trusting(no_address.file), "127.0.0.1").refused_for("IP address mismatch"));
    CHECK(handshake<Front>(wildcard, trusting(wildcard.file), "a.b.mail.example").refused_for("hostname mismatch"));
    CHECK(handshake<Front>(wildcard, trusting(wildcard.file), "").refused_for("no host name"));
}

TEST_CASE_TEMPLATE("the right name or address is accepted", Front, blocking_front, awaiting_front) {
    certificate shown(names("DNS:localhost,DNS:*.mail.example,IP:127.0.0.1,IP:::1"));
    for (std::string host : {"localhost", "LOCALHOST", "localhost.", "mx.mail.example", "127.0.0.1", "::1"})
        CHECK_FALSE_MESSAGE(handshake<Front>(shown, trusting(shown.file), host).outcome, host);
}

TEST_CASE_TEMPLATE("another name can be expected than the one that was dialled", Front, blocking_front,
                   awaiting_front) {
    certificate shown(names("DNS:mx.example"));
    net::tls_options options;
    options.ca_file = shown.file;
    options.host_name = "mx.example";
    std::string why;
    CHECK_FALSE(handshake<Front>(shown, net::client_tls(options, why).value(), "127.0.0.1").outcome);
}

TEST_CASE_TEMPLATE("hazard 69: a server that only speaks TLS 1.1 is refused", Front, blocking_front, awaiting_front) {
    certificate shown;
    handshake<Front> old(shown, trusting(shown.file), "localhost", TLS1_1_VERSION);
    CHECK(old.outcome == io_errc::tls_failed);
    CHECK_FALSE(old.front.stream().last_error_detail().empty());
    CHECK_FALSE(handshake<Front>(shown, trusting(shown.file), "localhost", TLS1_2_VERSION).outcome);
}

TEST_CASE_TEMPLATE("a login can be bound to the certificate, and to this connection alone", Front, blocking_front,
                   awaiting_front) {
    certificate shown;
    for (int newest : {0, TLS1_2_VERSION}) {
        handshake<Front> one(shown, trusting(shown.file), "localhost", newest);
        handshake<Front> other(shown, trusting(shown.file), "localhost", newest);
        auto const bindings = one.front.stream().channel_bindings();
        CHECK(to_hex(bindings.server_end_point) == shown.fingerprint());
        CHECK(bindings.exporter.size() == 32);
        CHECK(bindings.server_end_point == other.front.stream().channel_bindings().server_end_point);
        CHECK(bindings.exporter != other.front.stream().channel_bindings().exporter);
    }
    Front in_clear;
    test_server echo({}, [](connection& peer, SSL_CTX*) { peer.wait_for_end(); });
    REQUIRE_FALSE(in_clear.connect(endpoint{"127.0.0.1", echo.port(), {}}));
    CHECK_FALSE(in_clear.stream().channel_bindings().any());
}

TEST_CASE_TEMPLATE("any certificate passes when asked for dangerously", Front, blocking_front, awaiting_front) {
    certificate shown(names("DNS:other.example"));
    net::tls_options options;
    options.accept_any_certificate_dangerously = true;
    std::string why;
    CHECK_FALSE(handshake<Front>(shown, net::client_tls(options, why).value(), "localhost").outcome);
}

TEST_CASE_TEMPLATE("an end without close_notify is a cut, with it an end", Front, blocking_front, awaiting_front) {
    certificate shown;
    listen_options options;
    options.shown = &shown;
    bool orderly = false;
    test_server server(options, [&](connection& peer, SSL_CTX* tls) {
        if (!peer.start_tls(tls)) return;
        peer.read_some(1);
        if (orderly) peer.finish_tls();
    });
    for (bool way : {false, true}) {
        orderly = way;
        Front front;
        REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}));
        REQUIRE_FALSE(front.start_tls(trusting(shown.file), "localhost"));
        REQUIRE_FALSE(front.write({"x"}));
        char room[16];
        auto got = front.read(room);
        REQUIRE_FALSE(got);
        CHECK(got.error() == (way ? io_errc::end_of_stream : io_errc::tls_truncated));
    }
}

TEST_CASE_TEMPLATE("what answers a handshake is no TLS, or nothing", Front, blocking_front, awaiting_front) {
    auto plain = [](connection& peer, SSL_CTX*) {
        peer.write("220 mx.example ESMTP\r\n");
        peer.wait_for_end();
    };
    auto gone = [](connection& peer, SSL_CTX*) { peer.read_some(1); };
    auto silent = [](connection& peer, SSL_CTX*) { peer.wait_for_end(); };
    certificate unused;
    auto tls = trusting(unused.file);
    char const* words[] = {"wrong version number", ""};
    for (auto const& [servant, said] : {std::pair<test_server::servant, std::string>(plain, words[0]),
                                        std::pair<test_server::servant, std::string>(gone, words[1])}) {
        test_server server({}, servant);
        Front front;
        REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}));
        auto ec = front.start_tls(tls, "localhost");
        INFO(ec.message());
        CHECK((ec == io_errc::tls_failed || ec == std::errc::connection_reset));
        CHECK(front.stream().last_error_detail().find(said) != std::string::npos);
    }
    test_server server({}, silent);
    Front front;
    REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}));
    CHECK(front.start_tls(tls, "localhost", at_once) == io_errc::timed_out);
}

TEST_CASE("contexts that cannot be made say why") {
    certificate one, other;
    temporary_folder folder;
    auto no_pem = write_file(folder.path / "text", "no certificate");
    std::string why;
    net::tls_options options;
    for (auto const& file : {std::string("/no/such/file"), no_pem}) {
        options.ca_file = file;
        CHECK(net::client_tls(options, why).error() == io_errc::tls_failed);
        CHECK(why.find(file) != std::string::npos);
    }
    CHECK(net::server_tls(no_pem, {}, why).error() == io_errc::tls_failed);
    CHECK(net::server_tls(one.file, other.key_file, why).error() == io_errc::tls_failed);
    CHECK(net::server_tls(one.file, one.key_file, why));
}
