#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <postrider/core/result.hpp>
#include <string>
#include <vector>

#include "address_list.hpp"

namespace postrider::net {

/// Which address is tried when: families take turns, and a further attempt begins once the latest has had its time or
/// has failed, beside those that are still under way. Knows no socket and no clock.                    RFC 8305 §4, §5
class connection_race {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// Of more than limits::connection_attempts addresses the first are tried.
    connection_race(std::vector<socket_address> addresses, std::chrono::milliseconds attempt_delay);

    /// The attempt that begins now, by its index; nothing when none may.
    std::optional<std::size_t> next(time_point now);
    /// When `next` has one again if none of those under way fails before; nothing when all have begun.
    std::optional<time_point> wake() const noexcept;

    void failed(std::size_t index, error_code why);
    bool lost() const noexcept { return failures_ == addresses_.size(); }

    socket_address const& address(std::size_t index) const noexcept { return addresses_[index].where; }

    /// What came of it when it is over without a winner: the latest failure, unless `ended` says why it was ended.
    error_code outcome(error_code ended) const noexcept { return ended ? ended : latest_failure_; }
    /// The same for people: each address, and why it was not reached.
    std::string words(error_code ended) const;

private:
    struct runner {
        socket_address where;
        error_code why;
    };

    std::vector<runner> addresses_;
    std::chrono::milliseconds attempt_delay_;
    std::size_t begun_ = 0, failures_ = 0;
    time_point due_ = time_point::min();
    error_code latest_failure_;
};

}  // namespace postrider::net
