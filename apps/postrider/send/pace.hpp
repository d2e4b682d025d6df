#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string>

namespace postrider::app {

/// How long to wait from one message to the next.                "2/s", "90/min", "500/h"; "" is no time at all
/// errors     app::error: usage
std::chrono::nanoseconds parse_hold_rate(std::string const& text);

/// Lets messages go one by one at a steady pace: what was late is not made up for by a burst. For many threads.
class pace {
public:
    using clock = std::chrono::steady_clock;

    /// `interval`   zero: nobody waits
    explicit pace(std::chrono::nanoseconds interval) noexcept : interval_(interval) {}

    /// When the next message may go, if it is asked for now; the one behind it has its turn an interval later.
    clock::time_point next_turn(clock::time_point now);

    /// Waits for the next turn.                                          returns     false when it was told to stop
    bool wait(std::stop_token stop = {});

    /// Nobody waits.
    bool is_free() const noexcept { return interval_.count() == 0; }

    /// So slow that commands sent ahead would leave a server waiting in the midst of a message.
    bool is_slow() const noexcept { return interval_ >= std::chrono::milliseconds(100); }

private:
    std::chrono::nanoseconds interval_;
    std::mutex mutex_;
    std::condition_variable_any woken_;
    clock::time_point free_from_{};
};

}  // namespace postrider::app
