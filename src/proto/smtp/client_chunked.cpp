#include <utility>

#include "client_content.hpp"
#include "client_exchange.hpp"
#include "client_failure.hpp"
#include "client_send.hpp"
#include "client_window.hpp"

/// MAIL, RCPT for each recipient and the content behind BDAT, with no wait in between; and the next message behind it,
/// a window of messages in the air.                                                                RFC 2920, RFC 3030
namespace postrider::smtp::client_side {
namespace {

/// Chunks of a large message whose replies may still be due.
constexpr std::size_t chunks_ahead = 8;

/// A chunk refused leaves a transaction in a state that nobody knows (RFC 3030 §2), and what is said behind it has been
/// said already: so a message behind another begins with RSET.
on_its_way prepare(session& s, std::unique_ptr<transaction> message, bool behind_another) {
    auto commands = message->opening(s);
    if (behind_another) commands.insert(commands.begin(), {"RSET", phase::rset});
    return on_its_way(std::move(message), flight(std::move(commands)), behind_another);
}

/// The replies to all that came before the content. A 421 among them ends the session.
talk<> hear_opening(session& s, on_its_way& m) {
    auto heard = co_await complete(s, m.opening);
    m.message->opening_answered(std::span(m.opening.heard()).subspan(m.begins_with_rset && !m.opening.heard().empty()));
    if (!heard) m.message->lost(heard.error(), m.whole);
    co_return {};
}

/// The reply to a chunk that is not the last.
talk<> hear_chunk(session& s, on_its_way& m) {
    auto& t = *m.message;
    auto said = co_await hear(s, phase::content);
    ++m.chunks_answered;
    if (!said) {
        t.lost(said.error(), m.whole);
    } else if (!is_verdict(*said)) {
        t.lost(out_of_step(s, phase::content, "the reply to a chunk is none"), m.whole);
    } else if (!said->is_positive() && !t.failure()) {
        auto const reach = s.in_step ? blast_radius::message : blast_radius::session;
        t.content_refused(
            refused(errc::data_error, phase::content, reach, *said, "the server refuses a part of the message"));
    }
    co_return {};
}

/// The replies to chunks that have come by now: who refuses one need not be sent the others.
talk<> hear_chunks_so_far(session& s, on_its_way& m) {
    while (m.chunks_answered < m.chunks && !m.message->failure()) {
        auto const news = co_await has_news(s, phase::content);
        if (!news) m.message->lost(news.error(), m.whole);
        if (!news || !*news) break;
        co_await hear_chunk(s, m);
    }
    co_return {};
}

/// The next chunk with the line before it, ready to be written.
talk<> prepare_chunk(session& s, on_its_way& m) {
    if (auto ec = m.content.advance()) co_return unreadable(s, ec, m.content.done());
    auto const octets = m.content.octets();
    auto const command = "BDAT " + std::to_string(octets) + (m.content.is_whole() ? " LAST" : "");
    s.trace.said_chunk(command, octets);
    m.add_chunk(command);
    co_return {};
}

/// All that is ready.
talk<> write_out(session& s, window& messages) {
    auto const pieces = messages.ready();
    if (pieces.empty()) co_return {};
    auto const sent = co_await s.perform(send_bytes{pieces, phase::content});
    messages.written(!sent.ec);
    if (sent.ec) co_return link_failed(s, sent.ec, phase::content);
    co_return {};
}

/// What is left of the last message's content. Ends early when a chunk is refused.
talk<> write_chunks(session& s, window& messages) {
    auto& m = messages.back();
    do {
        auto prepared = co_await prepare_chunk(s, m);
        if (!prepared) co_return prepared.error();
        auto written = co_await write_out(s, messages);
        if (!written) {
            // What it says of the chunks so far, or of this one, tells more than that the link is gone.
            bool const hears = !m.is_eager() && may_have_spoken(written.error());
            while (hears && m.chunks_answered <= m.chunks && !m.message->failure()) co_await hear_chunk(s, m);
            co_return written.error();
        }
        if (m.is_eager() || m.whole) continue;
        co_await hear_chunks_so_far(s, m);
        bool const must_hear = !m.message->failure() && m.chunks - m.chunks_answered > chunks_ahead;
        if (must_hear) co_await hear_chunk(s, m);
    } while (!m.whole && !m.message->failure());
    co_return {};
}

/// A small message goes out whole, with those that are ready before it, or waits with them for the next, if that is
/// `at_hand`; of a large one the recipients are named first, since it may be in vain.
talk<> write(session& s, window& messages, bool at_hand) {
    auto& m = messages.back();
    if (has_stray_octets(s) && !m.begins_with_rset)
        co_return out_of_step(s, phase::mail_from, "the server replies to what it was not asked");
    if (!m.is_eager()) {
        co_await hear_opening(s, m);
        if (m.message->failure()) co_return {};
        co_return co_await write_chunks(s, messages);
    }
    m.add_lines(m.opening.take_lines(s.trace));
    auto prepared = co_await prepare_chunk(s, m);
    if (!prepared) co_return prepared.error();
    if (m.content.is_whole() && at_hand && messages.has_room_to_wait()) co_return {};
    auto written = co_await write_out(s, messages);
    if (!written || m.whole) co_return written;
    co_return co_await write_chunks(s, messages);
}

/// All replies that are still due for a message.
talk<> hear_out(session& s, on_its_way& m) {
    auto& t = *m.message;
    bool const opening_due = m.is_eager() && m.chunks > 0;
    if (opening_due) co_await hear_opening(s, m);
    auto const before_the_last = m.chunks - (m.whole ? 1 : 0);
    while (s.in_step && m.chunks_answered < before_the_last) co_await hear_chunk(s, m);
    if (!s.in_step || !m.whole) co_return {};
    if (!t.failure()) co_return co_await take_verdicts(s, t);
    // One reply says that there is no message: nobody is left who could get one of his own.
    auto ignored = co_await hear(s, phase::rset);
    co_return ignored ? result<void, failure>() : result<void, failure>(ignored.error());
}

failure session_ended(bool whole) {
    return {.code = errc::server_disconnected,
            .where = whole ? phase::end_of_data : phase::mail_from,
            .radius = blast_radius::session,
            .detail = whole ? "the session ended with a message before this one; the server may hold it: a repeat may "
                              "double it"
                            : "the session ended with a message before this one; it is unsent: connect and send it "
                              "again"};
}

/// Of a session that is over: what is on its way is in doubt where the server may have it whole. Behind a 421 it reads
/// no more: RFC 5321 §3.8.
failure give_up(session const& s, outbound& messages, window& rest) {
    auto const first = rest.front().message->failure();
    bool const said_goodbye = s.last_reply.code == 421;
    for (; !rest.empty(); rest.pop_front()) {
        auto& one = rest.front();
        bool const in_doubt = one.whole && !said_goodbye;
        if (!one.message->failure()) one.message->lost(session_ended(in_doubt), in_doubt);
        messages.done(*one.message);
    }
    return first ? *first : session_ended(false);
}

/// The outcome of the first message, and of those behind it whose replies have come with its own.
talk<> finish_some(session& s, outbound& messages, window& rest) {
    do {
        auto& front = rest.front();
        auto heard = co_await hear_out(s, front);
        if (front.message->failure() && rest.size() == 1) co_await reset_transaction(s);
        if (!s.in_step || !heard) co_return give_up(s, messages, rest);
        messages.done(*front.message);
        rest.pop_front();
    } while (!rest.empty() && !s.unread.empty());
    co_return {};
}

}  // namespace

talk<> send_chunked(session& s, outbound& messages) {
    window rest;
    auto message = messages.next();
    while (message || !rest.empty()) {
        if (message) {
            auto next = prepare(s, std::move(message), !rest.empty());
            if (rest.has_room_for(next, s.options.messages_ahead)) {
                rest.push_back(std::move(next));
                auto written = co_await write(s, rest, messages.next_is_at_hand());
                if (!written) rest.back().message->lost(written.error(), false);
                if (!s.in_step) co_return give_up(s, messages, rest);
                message = messages.next();
                continue;
            }
            message = std::move(next.message);
        }
        auto done = co_await write_out(s, rest);
        if (done) {
            done = co_await finish_some(s, messages, rest);
        } else {
            rest.back().message->lost(done.error(), false);
            done = give_up(s, messages, rest);
        }
        if (!done) {
            if (message) {
                message->lost(session_ended(false), false);
                messages.done(*message);
            }
            co_return done.error();
        }
    }
    co_return {};
}

}  // namespace postrider::smtp::client_side
