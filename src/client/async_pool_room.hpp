#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <string>
#include <utility>
#include <vector>

#include "pool_rules.hpp"

namespace postrider::smtp {

/// Who may send now, for coroutines of one executor: the awaiting twin of pool_room's `enter`.
class async_pool_room {
public:
    async_pool_room(boost::asio::any_io_executor executor, pool_options const& options)
        : executor_(std::move(executor)), options_(options), rules_(options) {}

    /// A message's right to one session, which it gives back.
    class place {
    public:
        place(async_pool_room& room, std::vector<std::string> domains) noexcept
            : room_(&room), domains_(std::move(domains)) {}
        place(place&& other) noexcept
            : room_(std::exchange(other.room_, nullptr)), domains_(std::move(other.domains_)) {}
        place& operator=(place&&) = delete;
        ~place() {
            if (room_) room_->leave(domains_);
        }

    private:
        async_pool_room* room_;
        std::vector<std::string> domains_;
    };

    /// Waits until there is room, and for the message's turn.
    /// errors     errc::timeout when the patience is at its end, errc::cancelled; the message is unsent
    boost::asio::awaitable<result<place>> enter(std::vector<std::string> domains);

    std::size_t in_use() const noexcept { return rules_.in_use(); }

private:
    struct waiter;
    class queued;

    void leave(std::vector<std::string> const& domains) noexcept;
    void admit_waiters() noexcept;

    boost::asio::any_io_executor executor_;
    pool_options const& options_;
    pool_rules rules_;
    std::list<waiter*> waiting_;
};

/// The caller gave up before there was a session.
failed given_up();

}  // namespace postrider::smtp
