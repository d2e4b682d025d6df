#include "async_pool_room.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace asio = boost::asio;

namespace postrider::smtp {

/// Somebody who waits for room. It is made for him by whoever leaves, so that nobody comes between.
struct async_pool_room::waiter {
    std::vector<std::string> const& domains;
    asio::steady_timer wake;
    bool admitted = false;
};

/// Stands in the queue for as long as it lives, and gives back a place that was made for it and not taken.
class async_pool_room::queued {
public:
    queued(async_pool_room& room, waiter& who) : room_(room), who_(who) {
        at_ = room_.waiting_.insert(room_.waiting_.end(), &who_);
    }
    ~queued() {
        if (!who_.admitted)
            room_.waiting_.erase(at_);
        else if (!is_taken_)
            room_.leave(who_.domains);
    }
    queued(queued const&) = delete;
    queued& operator=(queued const&) = delete;

    void take() noexcept { is_taken_ = true; }

private:
    async_pool_room& room_;
    waiter& who_;
    std::list<waiter*>::iterator at_;
    bool is_taken_ = false;
};

asio::awaitable<result<async_pool_room::place>> async_pool_room::enter(std::vector<std::string> domains) {
    using clock = pool_rules::clock;
    std::optional<clock::time_point> until;
    if (options_.patience) until = clock::now() + *options_.patience;
    if (rules_.has_room_for(domains)) {
        rules_.enter(domains);
    } else {
        waiter who{domains, asio::steady_timer(executor_, until.value_or(clock::time_point::max()))};
        queued place_in_queue(*this, who);
        boost::system::error_code woken;
        co_await who.wake.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        auto const cancellation = co_await asio::this_coro::cancellation_state;
        if (cancellation.cancelled() != asio::cancellation_type::none) co_return given_up();
        if (!who.admitted) co_return no_room();
        place_in_queue.take();
    }
    place taken(*this, domains);
    auto const turn = rules_.next_turn(clock::now(), until);
    if (!turn) co_return no_room();
    if (*turn > clock::now()) {
        asio::steady_timer pace(executor_, *turn);
        boost::system::error_code woken;
        co_await pace.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        if (woken) co_return given_up();
    }
    co_return std::move(taken);
}

void async_pool_room::leave(std::vector<std::string> const& domains) noexcept {
    rules_.leave(domains);
    admit_waiters();
}

/// In the order of asking; one whose domains are full stands back.
void async_pool_room::admit_waiters() noexcept {
    for (auto at = waiting_.begin(); at != waiting_.end() && rules_.in_use() < options_.connections;) {
        waiter& who = **at;
        if (!rules_.has_room_for(who.domains)) {
            ++at;
            continue;
        }
        at = waiting_.erase(at);
        rules_.enter(who.domains);
        who.admitted = true;
        who.wake.cancel();
    }
}

failed given_up() {
    return {{.code = errc::cancelled,
             .where = phase::connect,
             .radius = blast_radius::message,
             .detail = "the message was given up while it waited for a session; it is unsent"},
            {},
            {}};
}

}  // namespace postrider::smtp
