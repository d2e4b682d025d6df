#pragma once
#include <atomic>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "queue.hpp"
#include "report.hpp"
#include "send/deliver.hpp"
#include "send/pace.hpp"

namespace postrider::app {

/// Connections to one server, a thread each, that send what is in a queue. The first one opens alone: a login that is
/// refused is not tried again by all the others.
class bulk_connections {
public:
    /// What is given by reference must outlive this.
    /// `stop`     requested: nothing more is taken from the queue, and what is on its way is seen to its end
    bulk_connections(std::size_t count, server_choice const&, std::string secret, bulk_queue&, bulk_report&, pace&,
                     std::stop_token stop);
    /// Waits until the queue has no more or was closed, or nobody can send.
    ~bulk_connections();
    bulk_connections(bulk_connections const&) = delete;
    bulk_connections& operator=(bulk_connections const&) = delete;

private:
    void serve(std::size_t number);
    void open_and_send(bool is_first);
    void decide(int how);

    server_choice const& where_;
    std::string const secret_;
    bulk_queue& queue_;
    bulk_report& report_;
    pace& pace_;
    std::stop_token stop_;
    std::atomic<std::size_t> serving_;
    std::atomic<int> first_ = 0;  ///< whether it opened is not known, it did, or it gave up
    std::vector<std::thread> threads_;
};

}  // namespace postrider::app
