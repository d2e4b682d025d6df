#include "pool_room.hpp"

#include <algorithm>
#include <iterator>
#include <thread>
#include <utility>

namespace postrider::smtp {

std::optional<pool_room::place> pool_room::enter(std::vector<std::string> domains) {
    std::optional<clock::time_point> until;
    if (options_.patience) until = clock::now() + *options_.patience;
    std::unique_lock held(lock_);
    auto const has_room = [&] { return has_room_for(domains); };
    if (!until)
        somebody_left_.wait(held, has_room);
    else if (!somebody_left_.wait_until(held, *until, has_room))
        return {};
    auto const turn = next_turn(until);
    if (!turn) return {};
    ++in_use_;
    for (auto const& domain : domains) ++to_domain_[domain];
    held.unlock();
    place taken(*this, std::move(domains));
    std::this_thread::sleep_until(*turn);
    return taken;
}

bool pool_room::has_room_for(std::vector<std::string> const& domains) const {
    return in_use_ < options_.connections && std::ranges::all_of(domains, [&](std::string const& domain) {
               auto const known = to_domain_.find(domain);
               return known == to_domain_.end() || known->second < options_.at_once_to_a_domain;
           });
}

/// One interval behind the turn before. A turn that would come too late is not taken.
std::optional<pool_room::clock::time_point> pool_room::next_turn(std::optional<clock::time_point> until) {
    auto const now = clock::now();
    if (options_.messages_a_second <= 0) return now;
    auto const turn = std::max(now, next_turn_);
    if (until && turn > *until) return {};
    std::chrono::duration<double> const interval(1 / options_.messages_a_second);
    next_turn_ = turn + std::chrono::duration_cast<clock::duration>(interval);
    return turn;
}

void pool_room::leave(std::vector<std::string> const& domains) noexcept {
    {
        std::scoped_lock const held(lock_);
        --in_use_;
        for (auto const& domain : domains)
            if (auto const known = to_domain_.find(domain); --known->second == 0) to_domain_.erase(known);
    }
    // Whoever waits may wait for another domain than the next one does.
    somebody_left_.notify_all();
}

std::optional<kept_session> pool_room::take() {
    std::scoped_lock const held(lock_);
    if (idle_.empty() || clock::now() - idle_.back().last_used > options_.idle_time) return {};
    auto last = std::move(idle_.back());
    idle_.pop_back();
    return last;
}

void pool_room::keep(kept_session one) {
    one.last_used = clock::now();
    std::scoped_lock const held(lock_);
    idle_.push_back(std::move(one));
}

std::vector<kept_session> pool_room::take_outdated() {
    std::scoped_lock const held(lock_);
    auto const oldest_good = clock::now() - options_.idle_time;
    auto const good = std::ranges::find_if(idle_, [&](auto const& one) { return one.last_used >= oldest_good; });
    std::vector<kept_session> outdated(std::move_iterator(idle_.begin()), std::move_iterator(good));
    idle_.erase(idle_.begin(), good);
    return outdated;
}

std::vector<kept_session> pool_room::take_all() {
    std::scoped_lock const held(lock_);
    return std::exchange(idle_, {});
}

std::size_t pool_room::idle() const {
    std::scoped_lock const held(lock_);
    return idle_.size();
}

std::size_t pool_room::in_use() const {
    std::scoped_lock const held(lock_);
    return in_use_;
}

}  // namespace postrider::smtp
