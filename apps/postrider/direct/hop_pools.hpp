#pragma once
#include <list>
#include <memory>
#include <mutex>
#include <postrider/client/delivery_plan.hpp>
#include <postrider/client/pool.hpp>
#include <string>
#include <utility>

#include "send/compose.hpp"

namespace postrider::app {

/// Sessions with the servers of many domains, kept between messages. Those of the limits::direct_servers that were used
/// last stay; the others are closed. For many threads.
class hop_pools {
public:
    /// `client`       the options of each session, but for the TLS that a hop demands
    /// `connections`  at most so many to each server
    hop_pools(smtp::client_options client, std::uint16_t port, std::size_t connections);
    ~hop_pools();

    /// As open_hop and smtp::client::try_send do together.
    smtp::result<smtp::report> send(delivery::hop const&, outgoing const&);

private:
    using shared_pool = std::shared_ptr<smtp::pool>;
    using named_pool = std::pair<std::string, shared_pool>;

    shared_pool pool_for(delivery::hop const&, bool in_clear);
    shared_pool find(std::string const& name);
    shared_pool open(delivery::hop const&, bool in_clear) const;
    std::list<named_pool> take_superfluous();

    smtp::client_options client_;
    std::uint16_t port_;
    std::size_t connections_;
    std::mutex lock_;
    std::list<named_pool> pools_;  // the one that was used last in front
};

}  // namespace postrider::app
