#include "client_content.hpp"

#include "client_content_pieces.hpp"
#include "client_exchange.hpp"
#include "client_failure.hpp"

namespace postrider::smtp::client_side {
namespace {

constexpr auto early_reply = "the server replies before it has the message";

/// Nothing is to be said before the final dot, and without it there is no message: who speaks first is told no more.
/// Whether he would reply to the dot once more nobody knows, so the session does not go on behind that.
talk<> check_silence(session& s) {
    auto const news = co_await has_news(s, phase::content);
    if (!news) co_return news.error();
    if (!*news) co_return {};
    auto f = out_of_step(s, phase::content, early_reply);
    auto why = co_await last_words(s, std::move(f));
    co_return why.error();
}

}  // namespace

std::optional<failure> no_to_data(session& s, reply const& said) {
    if (said.code == 354) return {};
    // Whether such a server now waits for content or for a command is anybody's guess.
    if (!said.is_transient() && !said.is_permanent()) s.lose();
    auto f = refused(errc::data_error, phase::data, blast_radius::message, said, "the server takes no message now");
    if (!s.in_step) f.radius = blast_radius::session;
    return f;
}

talk<> begin_content(session& s) {
    auto said = co_await ask(s, "DATA", phase::data);
    if (!said) co_return said.error();
    if (auto no = no_to_data(s, *said)) co_return *no;
    co_return {};
}

bool is_verdict(reply const& said) noexcept {
    return said.is_positive() || said.is_transient() || said.is_permanent();
}

bool may_have_spoken(failure const& f) noexcept {
    return f.cause != make_error_code(io_errc::timed_out) && f.cause != make_error_code(io_errc::cancelled);
}

talk<> last_words(session& s, failure f) {
    if (!may_have_spoken(f)) co_return f;
    auto said = co_await hear(s, phase::content);
    bool const is_no = said && (said->is_transient() || said->is_permanent());
    if (!is_no) co_return f;
    co_return refused(errc::data_error, phase::content, blast_radius::session, *said,
                      "the server refuses the message before it has all of it");
}

talk<> write_content(session& s, octet_reader& content, std::string_view behind) {
    if (has_stray_octets(s)) co_return out_of_step(s, phase::content, early_reply);
    content_pieces<codec::dot_stuffer> stuffed(content);
    for (;;) {
        if (auto ec = stuffed.advance()) co_return unreadable(s, ec, stuffed.done());
        if (stuffed.is_whole()) stuffed.append(behind);
        auto const sent = co_await s.perform(send_bytes{stuffed.pieces(), phase::content});
        if (sent.ec) {
            auto f = link_failed(s, sent.ec, phase::content);
            f.in_doubt = stuffed.is_whole() && !behind.empty();
            if (f.in_doubt) co_return f;
            auto why = co_await last_words(s, std::move(f));
            co_return why.error();
        }
        if (stuffed.is_whole()) break;
        auto silent = co_await check_silence(s);
        if (!silent) co_return silent.error();
    }
    s.trace.said_content(stuffed.done());
    co_return {};
}

failure unreadable(session& s, error_code ec, std::uint64_t done) {
    s.lose();
    return {.code = errc::content_error,
            .where = phase::content,
            .radius = blast_radius::session,
            .cause = ec,
            .detail = "the content could not be read on after " + std::to_string(done) + " octets (" + ec.message() +
                      "); the connection is closed before its end, and the message is not sent"};
}

talk<reply> verdict(session& s) {
    auto said = co_await hear(s, phase::end_of_data);
    if (said && is_verdict(*said)) co_return said;
    auto f = said ? out_of_step(s, phase::end_of_data, "the reply to the message is none") : said.error();
    if (said) f.said = *said;
    f.in_doubt = true;
    f.detail += "; the server may hold the message: a repeat may double it";
    co_return f;
}

}  // namespace postrider::smtp::client_side
