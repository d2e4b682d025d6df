#include "way.hpp"

#include <iostream>

#include "config.hpp"
#include "explain.hpp"
#include "files.hpp"
#include "server/choice.hpp"

namespace postrider::app {

direct_way::direct_way(send_options const& o)
    : options_(o.direct_way),
      client_(connection_options(o.server)),
      dns_(o.server.resolver),
      calls_(dns_.calls()),
      file_(o.policy_file.empty() ? state_file("mta-sts") : std::filesystem::path(o.policy_file)),
      fetch_(fetch_over_https(calls_, client_, options_)) {
    if (std::filesystem::exists(file_)) policies_.add_text(read_file(file_.string()));
    former_ = policies_.to_text();
}

std::optional<direct_route> direct_way::known(std::string const& domain) const {
    std::lock_guard const lock(lock_);
    return routes_.find(domain, std::chrono::steady_clock::now());
}

direct_route direct_way::route_to(std::string const& domain) {
    auto const name = domain_for_dns(domain);
    if (auto before = known(name)) return *std::move(before);
    auto route = find_route(name, calls_, policies_, fetch_, options_);
    std::lock_guard const lock(lock_);
    routes_.keep(name, route, std::chrono::steady_clock::now());
    return route;
}

void direct_way::remember() const {
    std::string const known = policies_.to_text();
    if (known == former_) return;
    try {
        replace_file(file_, known);
    } catch (error const& wrong) {
        std::cerr << "postrider: " << explain(wrong) << '\n';
    }
}

}  // namespace postrider::app
