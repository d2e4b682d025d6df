#pragma once
#include <stop_token>
#include <thread>
#include <vector>

#include "bulk/queue.hpp"
#include "bulk/report.hpp"
#include "hop_pools.hpp"
#include "send/pace.hpp"
#include "way.hpp"

namespace postrider::app {

/// Threads that deliver what is in a queue to the servers that DNS names for each recipient's domain. Sessions are shared:
/// as many to a server as there are threads.
class direct_connections {
public:
    /// What is given by reference must outlive this.
    /// `stop`     requested: nothing more is taken from the queue, and what is on its way is seen to its end
    direct_connections(std::size_t count, direct_way&, bulk_queue&, bulk_report&, pace&, std::stop_token stop);
    /// Waits until the queue has no more or was closed.
    ~direct_connections();
    direct_connections(direct_connections const&) = delete;
    direct_connections& operator=(direct_connections const&) = delete;

private:
    void serve();

    direct_way& way_;
    hop_pools pools_;
    bulk_queue& queue_;
    bulk_report& report_;
    pace& pace_;
    std::stop_token stop_;
    std::vector<std::thread> threads_;
};

}  // namespace postrider::app
