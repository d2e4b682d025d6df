#include "pool_rules.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/envelope.hpp>
#include <utility>

namespace postrider::smtp {
namespace {

[[noreturn]] void refuse(std::string why) {
    throw_error({.code = errc::invalid_argument, .where = phase::connect, .detail = std::move(why)}, {});
}

std::string domain_of(std::string_view address) {
    return ascii::lower(address.substr(std::min(address.rfind('@') + 1, address.size())));
}

template <class Paths, class AddressOf>
std::vector<std::string> domains_of(Paths const& paths, AddressOf address_of) {
    std::vector<std::string> all;
    for (auto const& path : paths) all.push_back(domain_of(address_of(path)));
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

}  // namespace

bool pool_rules::has_room_for(std::vector<std::string> const& domains) const {
    return in_use_ < options_.connections && std::ranges::all_of(domains, [&](std::string const& domain) {
               auto const known = to_domain_.find(domain);
               return known == to_domain_.end() || known->second < options_.at_once_to_a_domain;
           });
}

void pool_rules::enter(std::vector<std::string> const& domains) {
    ++in_use_;
    for (auto const& domain : domains) ++to_domain_[domain];
}

void pool_rules::leave(std::vector<std::string> const& domains) noexcept {
    --in_use_;
    for (auto const& domain : domains)
        if (auto const known = to_domain_.find(domain); --known->second == 0) to_domain_.erase(known);
}

std::optional<pool_rules::clock::time_point> pool_rules::next_turn(clock::time_point now,
                                                                   std::optional<clock::time_point> until) {
    if (options_.messages_a_second <= 0) return now;
    auto const turn = std::max(now, next_turn_);
    if (until && turn > *until) return {};
    std::chrono::duration<double> const interval(1 / options_.messages_a_second);
    next_turn_ = turn + std::chrono::duration_cast<clock::duration>(interval);
    return turn;
}

server_url parsed_for_pool(std::string_view text) {
    std::string why;
    auto server = parse_server_url(text, why);
    if (!server) refuse(std::move(why));
    return *std::move(server);
}

pool_options checked_for_pool(server_url const& server, pool_options options) {
    if (!server.opens_session) refuse("a pool needs a URL, for it opens its sessions by itself");
    if (options.connections == 0) refuse("a pool of no connections sends nothing");
    if (!options.client.tls_cache) options.client.tls_cache = std::make_shared<net::tls_cache>();
    return options;
}

std::vector<std::string> domains_for(pool_options const& options, mime::message const& mail) {
    if (options.at_once_to_a_domain == 0) return {};
    return domains_of(mime::envelope_of(mail).forward_paths, [](auto const& path) { return path; });
}

std::vector<std::string> domains_for(pool_options const& options, envelope const& who) {
    if (options.at_once_to_a_domain == 0) return {};
    return domains_of(who.forward_paths, [](auto const& path) { return path.address; });
}

failed no_room() {
    return {{.code = errc::timeout,
             .where = phase::connect,
             .radius = blast_radius::message,
             .detail = "no session of the pool was free in time; the message is unsent: send it again later"},
            {},
            {}};
}

bool was_stale(failed const& why) {
    auto const& f = why.failure;
    return f.kind() == errc::server_disconnected && f.radius == blast_radius::session && !f.in_doubt &&
           !why.report.in_doubt() && why.report.accepted().empty();
}

}  // namespace postrider::smtp
