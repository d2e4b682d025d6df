#pragma once
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <postrider/client/smtp.hpp>
#include <string>
#include <utility>
#include <vector>

#include "idle_sessions.hpp"
#include "pool_rules.hpp"

namespace postrider::smtp {

/// Everything of a pool that threads share: who may send now, over what. Nothing here talks to the server.
class pool_room {
public:
    using clock = pool_rules::clock;
    using kept = kept_session<client>;

    explicit pool_room(pool_options const& options) : options_(options), rules_(options), idle_(options) {}

    /// A message's right to one session, which it gives back.
    class place {
    public:
        place(pool_room& room, std::vector<std::string> domains) noexcept
            : room_(&room), domains_(std::move(domains)) {}
        place(place&& other) noexcept
            : room_(std::exchange(other.room_, nullptr)), domains_(std::move(other.domains_)) {}
        ~place() {
            if (room_) room_->leave(domains_);
        }

    private:
        pool_room* room_;
        std::vector<std::string> domains_;
    };

    /// Waits until there is room, and for the message's turn. Nothing when the patience is at its end.
    std::optional<place> enter(std::vector<std::string> domains);

    std::optional<kept> take();
    void keep(kept);

    /// Closing those takes time, and needs no lock.
    std::vector<kept> take_outdated();
    std::vector<kept> take_all();

    std::size_t idle() const;
    std::size_t in_use() const;

private:
    void leave(std::vector<std::string> const& domains) noexcept;

    pool_options const& options_;
    mutable std::mutex lock_;
    std::condition_variable somebody_left_;
    pool_rules rules_;
    idle_sessions<client> idle_;
};

}  // namespace postrider::smtp
