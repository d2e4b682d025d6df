#include "server_fixture.hpp"

using namespace postrider;
using namespace postrider::smtp;
using namespace postrider::smtp::testing;

namespace {

server_engine::options with_starttls() {
    server_engine::options o;
    o.offer_starttls = true;
    return o;
}

}  // namespace

TEST_CASE("STARTTLS leads to TLS, and everything begins anew") {
    auto o = with_starttls();
    o.offer_auth = o.auth_in_clear = true;
    server_peer peer(o);
    CHECK(peer.lines({"EHLO x"}).find("250-STARTTLS") != std::string::npos);
    peer.lines({"AUTH PLAIN AHUAcA=="});
    CHECK(peer.engine.user() == "u");
    CHECK(peer.lines({"STARTTLS"}) == "220 2.0.0 go ahead");
    CHECK(peer.waits_for_tls());
    CHECK_FALSE(peer.engine.secure());
    CHECK(peer.tls_is_up().empty());
    CHECK(peer.engine.secure());
    CHECK(peer.engine.client_name().empty());
    CHECK(peer.engine.user().empty());
    CHECK_FALSE(peer.engine.esmtp());
    CHECK(peer.lines({"MAIL FROM:<a@x>"}) == "503 5.5.1 EHLO comes first");
    CHECK(peer.lines({"EHLO x"}).find("STARTTLS") == std::string::npos);
}

TEST_CASE("hazard 24: what follows STARTTLS in clear is never run") {
    for (auto const* injected : {"STARTTLS\r\nMAIL FROM:<evil@x>\r\n", "STARTTLS\r\nN", "STARTTLS\r\n\r\n"}) {
        server_peer peer(with_starttls());
        peer.lines({"EHLO x"});
        CHECK(peer.say(injected) == "421 4.7.0 localhost nothing may follow STARTTLS in clear");
        CHECK(peer.finished());
        CHECK_FALSE(peer.waits_for_tls());
        CHECK(peer.handler.calls == "hello");
    }
}

TEST_CASE("hazard 25: STARTTLS twice, in a transaction, with an argument or not offered is refused") {
    server_peer peer(with_starttls());
    peer.lines({"EHLO x"});
    CHECK(peer.lines({"STARTTLS now"}) == "501 5.5.4 STARTTLS takes no argument");
    peer.lines({"MAIL FROM:<a@x>"});
    CHECK(peer.lines({"STARTTLS"}) == "503 5.5.1 not within a transaction");
    peer.lines({"RSET"});
    peer.lines({"STARTTLS"});
    peer.tls_is_up();
    peer.lines({"EHLO x"});
    CHECK(peer.lines({"STARTTLS"}) == "503 5.5.1 TLS is there already");

    server_peer without;
    without.lines({"EHLO x"});
    CHECK(without.lines({"STARTTLS"}) == "502 5.5.1 STARTTLS is not offered");

    server_peer implicit(with_starttls());
    implicit.engine.stream_is_secure();
    CHECK(implicit.lines({"EHLO x"}).find("STARTTLS") == std::string::npos);
}

TEST_CASE("hazard 26: where TLS is required nothing but the way to it is run in clear") {
    auto o = with_starttls();
    o.require_tls = true;
    o.offer_auth = o.auth_in_clear = true;
    server_peer peer(o);
    peer.lines({"EHLO x"});
    for (auto const* verb :
         {"MAIL FROM:<a@x>", "RCPT TO:<a@x>", "DATA", "VRFY a", "EXPN a", "HELP", "AUTH PLAIN AHUAcA=="})
        CHECK(peer.lines({verb}) == "530 5.7.0 STARTTLS comes first");
    CHECK(peer.lines({"NOOP", "RSET"}) == "250 2.0.0 ok | 250 2.0.0 forgotten");
    peer.lines({"STARTTLS"});
    peer.tls_is_up();
    CHECK(peer.lines({"EHLO x", "MAIL FROM:<a@x>"}).ends_with("250 2.1.0 sender ok"));
}

TEST_CASE("a handshake that fails ends the session without a word") {
    server_peer peer(with_starttls());
    peer.lines({"EHLO x", "STARTTLS"});
    CHECK(peer.fails_with(io_errc::tls_failed).empty());
    CHECK(peer.finished());
    CHECK(peer.how() == io_errc::tls_failed);
}
