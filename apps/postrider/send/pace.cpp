#include "pace.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "exit_codes.hpp"

namespace postrider::app {

std::chrono::nanoseconds parse_hold_rate(std::string const& text) {
    if (text.empty()) return std::chrono::nanoseconds(0);
    auto const slash = std::min(text.find('/'), text.size());
    double messages = 0;
    auto const [end, wrong] = std::from_chars(text.data(), text.data() + slash, messages);
    std::string const unit = text.substr(std::min(slash + 1, text.size()));
    double const seconds = unit == "s" ? 1 : unit == "min" ? 60 : unit == "h" ? 3600 : 0;
    bool const is_number = wrong == std::errc{} && end == text.data() + slash && std::isfinite(messages);
    if (!is_number || messages < 0.01 || messages > 1e6 || seconds == 0)
        throw error(exit_code::usage, "'" + text + "' is no rate", "write 10/s, 90/min or 500/h");
    return std::chrono::nanoseconds(static_cast<std::int64_t>(seconds / messages * 1e9));
}

pace::clock::time_point pace::next_turn(clock::time_point now) {
    auto const turn = std::max(now, free_from_);
    free_from_ = turn + interval_;
    return turn;
}

bool pace::wait(std::stop_token stop) {
    if (interval_.count() == 0) return !stop.stop_requested();
    std::unique_lock lock(mutex_);
    auto const turn = next_turn(clock::now());
    woken_.wait_until(lock, stop, turn, [] { return false; });
    return !stop.stop_requested();
}

}  // namespace postrider::app
