#include "client_flight.hpp"

#include <array>
#include <postrider/core/limits.hpp>
#include <utility>

#include "client_exchange.hpp"
#include "client_failure.hpp"

namespace postrider::smtp::client_side {
namespace {

constexpr std::string_view crlf = "\r\n";

std::size_t octets_of(command_line const& one) noexcept {
    return one.line.size() + crlf.size();
}

talk<> write_on(session& s, flight& f) {
    phase const why = f.phase_to_write();
    std::string const lines = f.take_lines(s.trace);
    std::array<std::string_view, 1> const pieces{lines};
    auto const sent = co_await s.perform(send_bytes{pieces, why});
    if (sent.ec) co_return link_failed(s, sent.ec, why);
    co_return {};
}

/// To the last reply, or to the one that ends the session.
talk<> exchange(session& s, flight& f) {
    if (f.written() == 0 && has_stray_octets(s))
        co_return out_of_step(s, f.phase_to_write(), "the server replies to what it was not asked");
    while (!f.is_answered()) {
        bool const is_due = f.written() < f.size() && f.unanswered_octets() <= limits::flight_octets / 2;
        if (is_due) {
            auto written = co_await write_on(s, f);
            if (!written) co_return written.error();
        }
        phase const where = f.phase_to_hear();
        // Replies that came together cost no wait, nor a coroutine each.
        auto said = heard_already(s);
        if (!said) {
            auto waited_for = co_await hear(s, where);
            if (!waited_for) co_return waited_for.error();
            said = *std::move(waited_for);
        }
        // Which command such a line answers, and whether the next one still answers the next, nobody can tell.
        if (said->code < 0) co_return out_of_step(s, where, "a reply in a flight is none");
        f.answered(*std::move(said));
        if (!s.in_step) break;
    }
    co_return {};
}

}  // namespace

std::string flight::text() const {
    std::string all;
    all.reserve(octets());
    for (auto const& one : commands_) (all += one.line) += crlf;
    return all;
}

std::size_t flight::octets() const noexcept {
    std::size_t all = 0;
    for (auto const& one : commands_) all += octets_of(one);
    return all;
}

std::string flight::take_lines(transcript& trace) {
    std::string lines;
    while (written_ < size()) {
        auto const& next = commands_[written_];
        bool const fits = unanswered_ + octets_of(next) <= limits::flight_octets || unanswered_ == 0;
        if (!fits) break;
        (lines += next.line) += crlf;
        unanswered_ += octets_of(next);
        trace.said(next.line, false);
        ++written_;
    }
    return lines;
}

void flight::answered(reply said) {
    unanswered_ -= octets_of(commands_[heard_.size()]);
    heard_.push_back(std::move(said));
}

talk<> complete(session& s, flight& f) {
    auto exchanged = co_await exchange(s, f);
    if (!f.heard().empty()) s.last_reply = f.heard().back();
    co_return exchanged;
}

}  // namespace postrider::smtp::client_side
