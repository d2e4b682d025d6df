#include "scripted_client.hpp"

#include <algorithm>
#include <stdexcept>

using namespace postrider;

namespace transcripts {
namespace {

[[noreturn]] void object(std::string const& what) {
    throw std::runtime_error(what);
}

void add_to_flight(std::vector<std::string>& flight, std::string const& line, pieces how) {
    if (how == pieces::octets)
        for (char const c : line) flight.emplace_back(1, c);
    else if (how == pieces::whole && !flight.empty())
        flight.back() += line;
    else
        flight.push_back(line);
}

}  // namespace

scripted_client::scripted_client(server_dialogue const& d, pieces how) : events_(d.events), how_(how) {}

bool scripted_client::has_said_all() const noexcept {
    if (piece_ != flight_.size()) return false;
    return std::all_of(events_.begin() + static_cast<std::ptrdiff_t>(next_), events_.end(),
                       [](event const& e) { return e.what == event::server; });
}

io_done scripted_client::answer(step const& asked) {
    if (auto const* out = std::get_if<send_bytes>(&asked)) {
        for (auto const piece : out->pieces) said_ += piece;
        return {};
    }
    if (auto const* in = std::get_if<need_bytes>(&asked)) return give(in->room);
    if (piece_ != flight_.size()) object("TLS begins while the client still speaks");
    expect_replies();
    if (next_ == events_.size() || events_[next_].what != event::tls_done) object("TLS comes when it is not due");
    ++next_;
    return {};
}

io_done scripted_client::give(std::span<char> room) {
    if (piece_ == flight_.size()) {
        expect_replies();
        if (next_ < events_.size() && events_[next_].what == event::closes) {
            ++next_;
            return {io_errc::end_of_stream};
        }
        begin_flight();
    }
    auto& piece = flight_[piece_];
    auto const fitting = std::min(piece.size(), room.size());
    std::copy_n(piece.begin(), fitting, room.begin());
    piece.erase(0, fitting);
    if (piece.empty()) ++piece_;
    return {{}, fitting};
}

void scripted_client::begin_flight() {
    flight_.clear();
    piece_ = 0;
    for (; next_ < events_.size() && events_[next_].what == event::client; ++next_)
        add_to_flight(flight_, events_[next_].octets, how_);
    if (flight_.empty()) object("the server reads on when the client has nothing to say");
}

void scripted_client::expect_replies() {
    std::string due;
    for (; next_ < events_.size() && events_[next_].what == event::server; ++next_) due += events_[next_].octets;
    if (due != said_) object("should be: " + due + "\n        but is: " + said_);
    said_.clear();
}

void scripted_client::finish() {
    if (piece_ != flight_.size()) object("the session ends while the client still speaks");
    expect_replies();
    if (next_ != events_.size()) object("the session ends before the dialogue does");
}

}  // namespace transcripts
