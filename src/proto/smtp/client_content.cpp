#include "client_content.hpp"

#include <postrider/codec/dot_stuffing.hpp>
#include <postrider/core/error.hpp>

#include "client_exchange.hpp"
#include "client_failure.hpp"

namespace postrider::smtp::client_side {
namespace {

/// Octets out of a reader and into their form on the wire, a step's worth at a time, without copying them.
class stuffed_content {
public:
    explicit stuffed_content(octet_reader& content) : content_(content) {}

    /// Puts the next pieces in `pieces()`: the final dot stands behind the last of the octets that were promised.
    error_code advance() {
        if (auto ec = content_.next(raw_, limits::file_chunk_octets)) return ec;
        stuffed_.clear();
        for (auto piece : raw_) {
            done_ += piece.size();
            stuffer_.stuff(piece, stuffed_);
        }
        if (done_ > content_.size() || (raw_.empty() && !is_whole())) return postrider::errc::source_changed;
        if (is_whole()) stuffer_.finish(stuffed_);
        return {};
    }

    std::span<std::string_view const> pieces() const noexcept { return stuffed_; }
    bool is_whole() const noexcept { return done_ == content_.size(); }
    std::uint64_t done() const noexcept { return done_; }

private:
    octet_reader& content_;
    codec::dot_stuffer stuffer_;
    std::vector<std::string_view> raw_, stuffed_;
    std::uint64_t done_ = 0;
};

/// There is no way to take back a message that has begun but to close the link before the final dot.
failure unreadable(session& s, error_code ec, std::uint64_t done) {
    s.lose();
    return {.code = errc::content_error,
            .where = phase::content,
            .radius = blast_radius::session,
            .cause = ec,
            .detail = "the content could not be read on after " + std::to_string(done) + " octets (" + ec.message() +
                      "); the connection is closed before the final dot, and the message is not sent"};
}

bool is_verdict(reply const& said) noexcept {
    return said.is_positive() || said.is_transient() || said.is_permanent();
}

}  // namespace

talk<> begin_content(session& s) {
    auto said = co_await ask(s, "DATA", phase::data);
    if (!said) co_return said.error();
    if (said->code == 354) co_return {};
    // Whether such a server now waits for content or for a command is anybody's guess.
    if (!said->is_transient() && !said->is_permanent()) s.lose();
    auto f = refused(errc::data_error, phase::data, blast_radius::message, *said, "the server takes no message now");
    if (!s.in_step) f.radius = blast_radius::session;
    co_return f;
}

talk<> write_content(session& s, octet_reader& content) {
    if (has_stray_octets(s)) co_return out_of_step(s, phase::content, "the server replies before it has the message");
    stuffed_content stuffed(content);
    do {
        if (auto ec = stuffed.advance()) co_return unreadable(s, ec, stuffed.done());
        auto const sent = co_await s.perform(send_bytes{stuffed.pieces(), phase::content});
        if (sent.ec) co_return link_failed(s, sent.ec, phase::content);
    } while (!stuffed.is_whole());
    s.trace.said_content(stuffed.done());
    co_return {};
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
