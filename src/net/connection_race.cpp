#include "connection_race.hpp"

#include <algorithm>
#include <postrider/core/limits.hpp>

namespace postrider::net {
namespace {

/// The families in turn, beginning with the one that the resolver prefers; within a family its order stays.
std::vector<socket_address> interleaved(std::vector<socket_address> const& sorted) {
    std::vector<socket_address> preferred, other, all;
    for (auto const& address : sorted)
        (address.family() == sorted.front().family() ? preferred : other).push_back(address);
    for (std::size_t i = 0; i < std::max(preferred.size(), other.size()); ++i) {
        if (i < preferred.size()) all.push_back(preferred[i]);
        if (i < other.size()) all.push_back(other[i]);
    }
    return all;
}

}  // namespace

connection_race::connection_race(std::vector<socket_address> addresses, std::chrono::milliseconds attempt_delay)
    : attempt_delay_(attempt_delay) {
    for (auto const& address : interleaved(addresses))
        if (addresses_.size() < limits::connection_attempts) addresses_.push_back({address, {}});
}

std::optional<std::size_t> connection_race::next(time_point now) {
    if (begun_ == addresses_.size() || now < due_) return std::nullopt;
    due_ = now + attempt_delay_;
    return begun_++;
}

std::optional<connection_race::time_point> connection_race::wake() const noexcept {
    return begun_ == addresses_.size() ? std::nullopt : std::optional(due_);
}

void connection_race::failed(std::size_t index, error_code why) {
    addresses_[index].why = latest_failure_ = why;
    ++failures_;
    // Only the latest attempt holds others up.
    if (index + 1 == begun_) due_ = time_point::min();
}

std::string connection_race::words(error_code ended) const {
    std::string text;
    for (std::size_t i = 0; i < addresses_.size(); ++i) {
        auto const& [where, why] = addresses_[i];
        std::string const reason = why ? why.message() : i < begun_ ? ended.message() : "not tried";
        text += (text.empty() ? "" : "; ") + reason + " (" + to_string(where) + ')';
    }
    return text;
}

}  // namespace postrider::net
