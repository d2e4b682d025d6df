#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "client_session.hpp"
#include "talk.hpp"

/// Commands that are said together, before the first of them has its reply.                                    RFC 2920
namespace postrider::smtp::client_side {

struct command_line {
    std::string line;  ///< without CRLF
    phase why;
};

/// Some commands, how many of them have been written, and what was replied so far, in their order.
class flight {
public:
    flight() = default;
    explicit flight(std::vector<command_line> commands) : commands_(std::move(commands)) { heard_.reserve(size()); }

    bool empty() const noexcept { return commands_.empty(); }
    std::size_t size() const noexcept { return commands_.size(); }
    std::size_t written() const noexcept { return written_; }
    std::string text() const;             ///< all commands with their CRLFs
    std::size_t octets() const noexcept;  ///< of that
    std::vector<reply> const& heard() const noexcept { return heard_; }
    bool is_answered() const noexcept { return heard_.size() == size(); }

    /// The next commands with their CRLFs, as many as fit beside those that wait for their replies. They count as
    /// written and are told to the trace.
    std::string take_lines(transcript&);

    /// How much the server may not have read yet.
    std::size_t unanswered_octets() const noexcept { return unanswered_; }
    phase phase_to_write() const noexcept { return commands_[written_].why; }
    phase phase_to_hear() const noexcept { return commands_[heard_.size()].why; }
    void answered(reply);

private:
    std::vector<command_line> commands_;
    std::vector<reply> heard_;
    std::size_t written_ = 0;
    std::size_t unanswered_ = 0;  // octets of commands that were written and not answered
};

/// Says what has not been said and hears every reply. Ends early, and well, at a 421.
/// No more than limits::flight_octets wait for their replies at any time: so the server can take every write even while
/// it cannot get rid of its replies, and neither side waits for ever.                                RFC 2920 §3.1
talk<> complete(session&, flight&);

}  // namespace postrider::smtp::client_side
