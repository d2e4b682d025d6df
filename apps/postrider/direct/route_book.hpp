#pragma once
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <postrider/core/limits.hpp>
#include <string>

#include "route.hpp"

namespace postrider::app {

/// The ways to domains, for as long as DNS may be believed: limits::direct_route_time, and where no server could be tried
/// limits::direct_dead_end_time, so that a resolver that fails for a moment does not cost a domain its mail of hours.
/// Beyond limits::direct_routes the oldest one goes. For one thread at a time.
class route_book {
public:
    using time_point = std::chrono::steady_clock::time_point;

    /// `most`     instead of limits::direct_routes
    explicit route_book(std::size_t most = limits::direct_routes) noexcept : most_(most) {}

    std::optional<direct_route> find(std::string const& domain, time_point now) const;
    void keep(std::string const& domain, direct_route, time_point now);
    std::size_t size() const noexcept { return routes_.size(); }

private:
    struct kept_route {
        direct_route route;
        time_point since, until;
    };

    void make_room(time_point now);

    std::size_t most_;
    std::map<std::string, kept_route> routes_;
};

}  // namespace postrider::app
