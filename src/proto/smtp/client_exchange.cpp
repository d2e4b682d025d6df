#include "client_exchange.hpp"

#include <array>
#include <utility>

#include "client_failure.hpp"

namespace postrider::smtp::client_side {
namespace {

reply_reader::state read_buffered(session& s) {
    auto const before = s.unread;
    auto const state = s.reader.consume(s.unread);
    s.trace.heard(before.substr(0, before.size() - s.unread.size()));
    return state;
}

failure too_long(session& s, reply_reader::state state, phase where) {
    bool const line = state == reply_reader::state::line_too_long;
    auto f = out_of_step(s, where, line ? "a reply line is longer than any server's" : "a reply goes on without end");
    f.said = reply{500, {}, {line ? "Line too long." : "Reply too long."}};
    return f;
}

}  // namespace

bool has_stray_octets(session const& s) noexcept {
    return !s.unread.empty() || !s.reader.idle();
}

talk<> say(session& s, std::string line, phase why) {
    if (has_stray_octets(s)) co_return out_of_step(s, why, "the server replies to what it was not asked");
    s.trace.said(line, s.last_reply.code == 334);
    std::array<std::string_view, 2> const pieces{line, "\r\n"};
    auto const sent = co_await s.perform(send_bytes{pieces, why});
    if (sent.ec) co_return link_failed(s, sent.ec, why);
    co_return {};
}

std::optional<reply> heard_already(session& s) {
    if (s.unread.empty() || read_buffered(s) != reply_reader::state::done) return {};
    auto said = s.reader.take();
    if (said.code == 421) s.lose();
    return said;
}

talk<reply> hear(session& s, phase why) {
    for (;;) {
        auto const state = read_buffered(s);
        if (state == reply_reader::state::done) break;
        if (state != reply_reader::state::more) co_return too_long(s, state, why);
        auto const got = co_await s.perform(need_bytes{s.room, why});
        if (got.ec) co_return link_failed(s, got.ec, why);
        if (got.bytes == 0) co_return link_failed(s, io_errc::end_of_stream, why);
        s.unread = std::string_view(s.room.data(), got.bytes);
    }
    s.last_reply = s.reader.take();
    if (s.last_reply.code == 421) s.lose();
    co_return s.last_reply;
}

talk<bool> has_news(session& s, phase why) {
    if (!s.unread.empty()) co_return true;
    auto const got = co_await s.perform(need_bytes{s.room, why, false});
    if (got.ec) co_return link_failed(s, got.ec, why);
    s.unread = std::string_view(s.room.data(), got.bytes);
    co_return got.bytes > 0;
}

talk<reply> ask(session& s, std::string line, phase why) {
    auto said = co_await say(s, std::move(line), why);
    if (!said) co_return said.error();
    auto heard = co_await hear(s, why);
    co_return heard;
}

talk<> reset_transaction(session& s) {
    s.recipients_by_hand = 0;
    if (!s.in_step) co_return {};
    auto ignored = co_await ask(s, "RSET", phase::rset);
    static_cast<void>(ignored);
    co_return {};
}

}  // namespace postrider::smtp::client_side
