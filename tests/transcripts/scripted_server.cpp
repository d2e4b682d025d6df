#include "scripted_server.hpp"

#include <algorithm>
#include <stdexcept>

using namespace postrider;

namespace transcripts {
namespace {

/// The events as the client will see them: neighbours of one side in one, or the server's in smaller pieces.
std::vector<event> rearranged(std::vector<event> const& lines, pieces how) {
    std::vector<event> events;
    for (auto const& one : lines) {
        bool const joins = !events.empty() && events.back().what == one.what;
        if (one.what == event::server && how == pieces::octets)
            for (char octet : one.octets) events.push_back({event::server, std::string(1, octet)});
        else if (joins && one.what == event::server && how == pieces::whole)
            events.back().octets += one.octets;
        else
            events.push_back(one);
    }
    return events;
}

bool begins(event const& e, char const* with) {
    return e.what == event::client && e.octets.starts_with(with);
}

/// Where a message ends: at the line with the final dot, behind DATA and alone; or where the last chunk does.
std::size_t place_of_end(std::vector<event> const& events) {
    auto last_chunk = std::find_if(events.begin(), events.end(), [](event const& e) {
        return begins(e, "BDAT ") && e.octets.ends_with(" LAST\r\n");
    });
    if (last_chunk != events.end()) {
        auto const behind =
            std::find_if(last_chunk, events.end(), [](event const& e) { return e.what != event::client; });
        return behind - events.begin() - 1;
    }
    auto is = [](char const* line) {
        return [=](event const& e) { return e.what == event::client && e.octets == line; };
    };
    auto data = std::find_if(events.begin(), events.end(), is("DATA\r\n"));
    return std::find_if(data, events.end(), is(".\r\n")) - events.begin();
}

}  // namespace

scripted_server::scripted_server(operation const& o, pieces how)
    : events_(rearranged(o.events, how)), end_(place_of_end(events_)), line_(o.line) {
    // What opens a message whose content is not waited for is answered behind its end.
    bool const is_chunked = std::any_of(events_.begin(), events_.end(), [](auto& e) { return begins(e, "BDAT "); });
    if (is_chunked)
        replies_before_ = std::count_if(events_.begin(), events_.end(),
                                        [](auto& e) { return begins(e, "MAIL ") || begins(e, "RCPT "); });
}

void scripted_server::object(std::string const& what) const {
    throw std::runtime_error("line " + std::to_string(line_) + ": " + what);
}

io_done scripted_server::answer(step const& asked, std::string& why) {
    if (auto* out = std::get_if<send_bytes>(&asked)) return take(*out);
    if (auto* in = std::get_if<need_bytes>(&asked)) return give(*in);
    if (at_end() || (events_[next_].what != event::tls_done && events_[next_].what != event::tls_failed))
        object("the client starts TLS where none is due");
    auto const& handshake = events_[next_++];
    if (handshake.what == event::tls_done) return {};
    why = handshake.octets;
    return {io_errc::tls_failed};
}

io_done scripted_server::take(send_bytes const& out) {
    std::string said;
    for (auto piece : out.pieces) said += piece;
    if (said.empty()) object("the client writes nothing");
    if (!at_end() && events_[next_].what == event::closes) {
        closed_while_written_to_ = true;
        return ++next_, io_done{std::make_error_code(std::errc::broken_pipe)};
    }
    while (!said.empty()) {
        auto const due = at_end() || events_[next_].what != event::client ? "nothing\r\n" : events_[next_].octets;
        if (!said.starts_with(due)) object("the client sends: " + said + "but should: " + due);
        said.erase(0, due.size());
        ++next_;
    }
    return {};
}

io_done scripted_server::give(need_bytes const& in) {
    bool const is_quiet = at_end() || events_[next_].what == event::client;
    if (is_quiet && !in.may_wait) return {};
    if (at_end() && closed_while_written_to_) return {io_errc::end_of_stream};
    if (at_end()) object("the client reads where the server has nothing to say");
    auto& now = events_[next_];
    if (now.what == event::closes) return ++next_, io_done{io_errc::end_of_stream};
    if (now.what == event::silent) return ++next_, io_done{io_errc::timed_out};
    if (now.what != event::server) object("the client waits, but should send: " + now.octets);
    auto const count = std::min(in.room.size(), now.octets.size());
    std::copy_n(now.octets.begin(), count, in.room.begin());
    if (has_whole_message()) count_replies({in.room.data(), count});
    now.octets.erase(0, count);
    if (now.octets.empty()) ++next_;
    return {{}, count};
}

void scripted_server::count_replies(std::string_view octets) {
    for (char octet : octets) {
        begun_line_ += octet;
        if (octet != '\n') continue;
        bool const is_reply = begun_line_.size() < 4 || begun_line_[3] != '-';
        if (is_reply && replies_before_ > 0)
            --replies_before_;
        else if (is_reply)
            ++verdicts_;
        begun_line_.clear();
    }
}

}  // namespace transcripts
