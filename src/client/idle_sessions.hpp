#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <optional>
#include <postrider/client/pool.hpp>
#include <utility>
#include <vector>

namespace postrider::smtp {

/// A session that a pool keeps.
template <class Client>
struct kept_session {
    Client session;
    std::size_t messages = 0;
    std::chrono::steady_clock::time_point last_used{};

    /// Whether it has had all the messages that it may have.
    bool is_used_up(pool_options const& options) const noexcept {
        return options.messages_a_connection > 0 && messages >= options.messages_a_connection;
    }
};

/// Sessions that wait for a message, in the order in which they were last used. Nothing here talks to the server.
template <class Client>
class idle_sessions {
public:
    using clock = std::chrono::steady_clock;
    using kept = kept_session<Client>;

    explicit idle_sessions(pool_options const& options) : options_(options) {}

    /// The session that was used last, if there is one that is not too old.
    std::optional<kept> take(clock::time_point now) {
        if (idle_.empty() || now - idle_.back().last_used > options_.idle_time) return {};
        auto last = std::move(idle_.back());
        idle_.pop_back();
        return last;
    }

    void keep(kept one, clock::time_point now) {
        one.last_used = now;
        idle_.push_back(std::move(one));
    }

    /// Those that are not to be used any more.
    std::vector<kept> take_outdated(clock::time_point now) {
        auto const oldest_good = now - options_.idle_time;
        auto const good = std::ranges::find_if(idle_, [&](auto const& one) { return one.last_used >= oldest_good; });
        std::vector<kept> outdated(std::move_iterator(idle_.begin()), std::move_iterator(good));
        idle_.erase(idle_.begin(), good);
        return outdated;
    }

    std::vector<kept> take_all() { return std::exchange(idle_, {}); }
    std::size_t size() const noexcept { return idle_.size(); }

private:
    pool_options const& options_;
    std::vector<kept> idle_;
};

}  // namespace postrider::smtp
