#include <algorithm>
#include <utility>

#include "client_content.hpp"
#include "client_exchange.hpp"
#include "client_failure.hpp"
#include "client_send.hpp"

/// MAIL, RCPT for each recipient and DATA in one write; then the content, and in the same write what opens the next
/// message: one wait a message.                                                                              RFC 2920
namespace postrider::smtp::client_side {
namespace {

/// A message and the commands that open it, which may be on their way already.
struct opening {
    std::unique_ptr<transaction> message;
    flight commands;
};

opening next_opening(session& s, outbound& messages) {
    opening next{messages.next(), {}};
    if (!next.message) return next;
    auto commands = next.message->opening(s);
    commands.push_back({"DATA", phase::data});
    next.commands = flight(std::move(commands));
    return next;
}

/// The server asks for content though it was told to want none. With no recipient there is nobody to send nothing to,
/// and the final dot gets it out of that; else only the end of the link keeps an empty message from somebody. RFC 2920
/// §3.1
talk<> decline_content(session& s, flight const& f) {
    auto const positive = [](reply const& said) { return said.is_positive(); };
    if (std::any_of(f.heard().begin() + 1, f.heard().end(), positive)) {
        s.lose();
        co_return {};
    }
    co_return co_await say(s, ".", phase::rset);
}

/// After a refusal in the flight: so that the next message finds the session in step.
talk<> clean_up(session& s, flight const& f) {
    if (!s.in_step) co_return {};
    auto const& said = f.heard().back();
    if (said.code == 354) {
        auto declined = co_await decline_content(s, f);
        if (!declined || !s.in_step) co_return {};
        auto ignored = co_await hear(s, phase::rset);
        if (!ignored) co_return {};
    } else if (!said.is_transient() && !said.is_permanent()) {
        s.lose();
    }
    co_return co_await reset_transaction(s);
}

/// Up to the server's wish for the content, or to the refusal of the message.
talk<> open(session& s, opening& now) {
    auto& t = *now.message;
    auto heard = co_await complete(s, now.commands);
    t.opening_answered(now.commands.heard());
    if (!heard) {
        t.lost(heard.error(), false);
    } else if (!t.failure()) {
        if (auto no = no_to_data(s, now.commands.heard().back())) t.content_refused(*std::move(no));
    }
    if (t.failure()) co_await clean_up(s, now.commands);
    co_return {};
}

/// The content and what the server says of it. What opens the message behind it rides along if it fits.
talk<> send_content(session& s, transaction& t, opening& behind) {
    bool const fits = behind.message && behind.commands.octets() <= limits::flight_octets;
    std::string const rider = fits ? behind.commands.text() : std::string();
    auto written = co_await write_content(s, t.content(), rider);
    if (!written) {
        t.lost(written.error(), written.error().in_doubt);
        co_return {};
    }
    if (fits) static_cast<void>(behind.commands.take_lines(s.trace));
    auto answered = co_await take_verdicts(s, t);
    // What rides behind opens its own transaction; RSET would end that.
    if (t.failure() && !fits) co_await reset_transaction(s);
    co_return answered;
}

failure session_ended_before() {
    return {.code = errc::server_disconnected,
            .where = phase::mail_from,
            .radius = blast_radius::session,
            .detail = "the session ended with the message before this one; it is unsent: connect and send it again"};
}

}  // namespace

talk<> send_pipelined(session& s, outbound& messages) {
    for (auto now = next_opening(s, messages); now.message;) {
        opening behind;
        co_await open(s, now);
        if (!now.message->failure()) {
            behind = next_opening(s, messages);
            co_await send_content(s, *now.message, behind);
        }
        messages.done(*now.message);
        if (!s.in_step) {
            if (behind.message) {
                behind.message->lost(session_ended_before(), false);
                messages.done(*behind.message);
            }
            if (now.message->failure()) co_return *now.message->failure();
            co_return {};
        }
        now = behind.message ? std::move(behind) : next_opening(s, messages);
    }
    co_return {};
}

}  // namespace postrider::smtp::client_side
