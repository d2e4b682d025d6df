#include "hop_pools.hpp"

#include <algorithm>
#include <postrider/core/limits.hpp>

#include "hop_session.hpp"

namespace postrider::app {
namespace {

/// What one session must have in common with another.
std::string name_of(delivery::hop const& to, bool in_clear) {
    std::string name = to.host + (in_clear ? " in clear" : " ") + std::string(to_string(to.tls));
    for (auto const& one : to.names) name += ' ' + one;
    return name;
}

}  // namespace

hop_pools::hop_pools(smtp::client_options client, std::uint16_t port, std::size_t connections)
    : client_(std::move(client)), port_(port), connections_(connections) {}

hop_pools::~hop_pools() {
    for (auto const& [name, pool] : pools_) pool->quit();
}

smtp::result<smtp::report> hop_pools::send(delivery::hop const& to, outgoing const& mail) {
    auto sent = pool_for(to, false)->try_send(mail.envelope, mail.wire);
    if (sent || !may_do_without_tls(to, sent.error().failure)) return sent;
    return pool_for(to, true)->try_send(mail.envelope, mail.wire);
}

hop_pools::shared_pool hop_pools::pool_for(delivery::hop const& to, bool in_clear) {
    std::string const name = name_of(to, in_clear);
    std::unique_lock lock(lock_);
    if (auto const known = find(name)) return known;
    auto const made = pools_.emplace_front(name, open(to, in_clear)).second;
    auto const superfluous = take_superfluous();
    lock.unlock();
    for (auto const& [unused, pool] : superfluous) pool->quit();
    return made;
}

hop_pools::shared_pool hop_pools::find(std::string const& name) {
    auto const known = std::ranges::find(pools_, name, &named_pool::first);
    if (known == pools_.end()) return nullptr;
    pools_.splice(pools_.begin(), pools_, known);
    return known->second;
}

hop_pools::shared_pool hop_pools::open(delivery::hop const& to, bool in_clear) const {
    smtp::pool_options options;
    options.client = delivery::options_for(to, client_);
    if (in_clear) options.client.starttls = smtp::starttls_policy::off;
    options.connections = connections_;
    smtp::server_url where;
    where.where = {to.host, port_, {}};
    return std::make_shared<smtp::pool>(std::move(where), std::move(options));
}

/// Those that were used least recently; who is within a verb of one keeps it until its end.
std::list<hop_pools::named_pool> hop_pools::take_superfluous() {
    std::list<named_pool> rest;
    if (pools_.size() > limits::direct_servers)
        rest.splice(rest.begin(), pools_, std::next(pools_.begin(), limits::direct_servers), pools_.end());
    return rest;
}

}  // namespace postrider::app
