#include "route_book.hpp"

#include <algorithm>

namespace postrider::app {

std::optional<direct_route> route_book::find(std::string const& domain, time_point now) const {
    auto const found = routes_.find(domain);
    if (found == routes_.end() || found->second.until <= now) return std::nullopt;
    return found->second.route;
}

void route_book::keep(std::string const& domain, direct_route route, time_point now) {
    auto const lasts = route.plan.dead_end ? limits::direct_dead_end_time : limits::direct_route_time;
    if (routes_.size() >= most_ && !routes_.contains(domain)) make_room(now);
    routes_.insert_or_assign(domain, kept_route{std::move(route), now, now + lasts});
}

void route_book::make_room(time_point now) {
    std::erase_if(routes_, [now](auto const& one) { return one.second.until <= now; });
    if (routes_.size() < most_) return;
    auto const came_earlier = [](auto const& a, auto const& b) { return a.second.since < b.second.since; };
    routes_.erase(std::ranges::min_element(routes_, came_earlier));
}

}  // namespace postrider::app
