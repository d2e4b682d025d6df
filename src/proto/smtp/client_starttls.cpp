#include "client_exchange.hpp"
#include "client_failure.hpp"
#include "client_verbs.hpp"

/// SMTP over TLS, the upgrade of a clear connection.                                                       RFC 3207
namespace postrider::smtp::client_side {
namespace {

/// Anything but a 220 to STARTTLS ends the session: going on in clear is a decision that nobody has made, and the reply
/// may be an attacker's.
failure fail_closed(session& s, reply said) {
    s.lose();
    return refused(errc::tls_error, phase::starttls, blast_radius::session, std::move(said),
                   "the server offers STARTTLS and refuses it; the connection is closed, nothing was sent in clear");
}

}  // namespace

talk<> starttls(session& s) {
    if (!s.in_step) co_return not_connected(phase::starttls);
    auto greeted = co_await hello_if_needed(s);
    if (!greeted) co_return greeted.error();
    if (!s.offered.has("starttls")) {
        auto missing = unfit(errc::not_supported, phase::starttls,
                             "the server does not offer STARTTLS: use smtps:// if it has a port for TLS");
        missing.radius = blast_radius::next_hop;
        co_return missing;
    }
    auto said = co_await ask(s, "STARTTLS", phase::starttls);
    if (!said) co_return said.error();
    if (said->code != 220) co_return fail_closed(s, *said);
    if (has_stray_octets(s)) {
        // They came in clear from whoever holds the wire; read after the handshake they would pass for the server's.
        auto injected = out_of_step(s, phase::starttls, "octets in clear follow the 220 to STARTTLS");
        injected.code = errc::tls_error;
        co_return injected;
    }
    auto const shaken = co_await s.perform(start_tls{});
    if (shaken.ec) co_return link_failed(s, shaken.ec, phase::tls);
    s.secure = true;
    s.forget_hello();
    co_return {};
}

}  // namespace postrider::smtp::client_side
