#include "pool_room.hpp"

#include <thread>

namespace postrider::smtp {

std::optional<pool_room::place> pool_room::enter(std::vector<std::string> domains) {
    std::optional<clock::time_point> until;
    if (options_.patience) until = clock::now() + *options_.patience;
    std::unique_lock held(lock_);
    auto const has_room = [&] { return rules_.has_room_for(domains); };
    if (!until)
        somebody_left_.wait(held, has_room);
    else if (!somebody_left_.wait_until(held, *until, has_room))
        return {};
    auto const turn = rules_.next_turn(clock::now(), until);
    if (!turn) return {};
    rules_.enter(domains);
    held.unlock();
    place taken(*this, std::move(domains));
    std::this_thread::sleep_until(*turn);
    return taken;
}

void pool_room::leave(std::vector<std::string> const& domains) noexcept {
    {
        std::scoped_lock const held(lock_);
        rules_.leave(domains);
    }
    // Whoever waits may wait for another domain than the next one does.
    somebody_left_.notify_all();
}

std::optional<pool_room::kept> pool_room::take() {
    std::scoped_lock const held(lock_);
    return idle_.take(clock::now());
}

void pool_room::keep(kept one) {
    std::scoped_lock const held(lock_);
    idle_.keep(std::move(one), clock::now());
}

std::vector<pool_room::kept> pool_room::take_outdated() {
    std::scoped_lock const held(lock_);
    return idle_.take_outdated(clock::now());
}

std::vector<pool_room::kept> pool_room::take_all() {
    std::scoped_lock const held(lock_);
    return idle_.take_all();
}

std::size_t pool_room::idle() const {
    std::scoped_lock const held(lock_);
    return idle_.size();
}

std::size_t pool_room::in_use() const {
    std::scoped_lock const held(lock_);
    return rules_.in_use();
}

}  // namespace postrider::smtp
