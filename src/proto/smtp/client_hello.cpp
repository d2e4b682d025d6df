#include "client_arguments.hpp"
#include "client_exchange.hpp"
#include "client_failure.hpp"
#include "client_verbs.hpp"

namespace postrider::smtp::client_side {
namespace {

/// Whoever gave neither a name nor an address still has this one.                                   RFC 5321 §4.1.3
std::string name_for_hello(session const& s, std::string given = {}) {
    if (!given.empty()) return given;
    return s.options.local_hostname.empty() ? "[127.0.0.1]" : s.options.local_hostname;
}

void forget_the_last_session(session& s) {
    s.forget_hello();
    s.unread = {};
    s.reader = {};
    s.io_detail.clear();
    s.authenticated = false;
    s.last_reply = {};
    s.messages = 0;
    s.recipients_by_hand = 0;
}

}  // namespace

talk<> greeting(session& s) {
    forget_the_last_session(s);
    auto said = co_await hear(s, phase::greeting);
    if (!said) co_return said.error();
    if (said->code != 220) {
        s.lose();
        co_return refused(errc::connect_error, phase::greeting, blast_radius::next_hop, *said,
                          "the server does not take connections from here now");
    }
    s.in_step = true;
    co_return {};
}

talk<> ehlo(session& s, std::string name) {
    if (!s.in_step) co_return not_connected(phase::hello);
    name = name_for_hello(s, std::move(name));
    if (auto why_not = check_hello_name(name)) co_return *why_not;
    auto said = co_await ask(s, (s.options.lmtp ? "LHLO " : "EHLO ") + name, phase::hello);
    if (!said) co_return said.error();
    if (said->code == -1 && said->text().empty()) {
        s.lose();
        co_return refused(errc::server_disconnected, phase::hello, blast_radius::session, *said,
                          "the server answers EHLO with nothing: is it an SMTP server?");
    }
    s.ehlo = *said;
    s.offered = {};
    if (said->code != 250) co_return {};
    s.does_esmtp = true;
    s.offered = extensions::parse(*said).without(s.options.ignored_extensions);
    co_return {};
}

talk<> helo(session& s, std::string name) {
    if (!s.in_step) co_return not_connected(phase::hello);
    name = name_for_hello(s, std::move(name));
    if (auto why_not = check_hello_name(name)) co_return *why_not;
    auto said = co_await ask(s, "HELO " + name, phase::hello);
    if (!said) co_return said.error();
    s.helo = *said;
    co_return {};
}

talk<> hello(session& s) {
    auto extended = co_await ehlo(s, {});
    if (!extended) co_return extended.error();
    // LMTP has no HELO (RFC 2033 §4.1), and after a 421 there is nobody to say it to.
    if (!s.ehlo->is_positive() && !s.options.lmtp && s.in_step) {
        auto plain = co_await helo(s, {});
        if (!plain) co_return plain.error();
    }
    if (s.last_reply.is_positive()) co_return {};
    co_return refused(errc::helo_error, phase::hello, blast_radius::next_hop, s.last_reply,
                      "the server takes no hello from " + name_for_hello(s) + ": try another local host name");
}

talk<> hello_if_needed(session& s) {
    if (s.said_hello()) co_return {};
    auto said = co_await hello(s);
    co_return said;
}

}  // namespace postrider::smtp::client_side
