#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <postrider/core/result.hpp>
#include <postrider/net/async_stream.hpp>
#include <string>

namespace postrider::server {

/// Accepts connections on one endpoint, TCP or a unix socket, and runs a coroutine for each. When there are as many as it may have, the
/// next ones wait in the system's queue; when descriptors run out it waits a little and goes on. Belongs to one
/// executor, as do all its connections.
class async_listener {
public:
    using serve = std::function<boost::asio::awaitable<void>(net::async_stream)>;

    async_listener(boost::asio::any_io_executor, std::size_t max_connections);
    ~async_listener();  ///< stops; connections go on
    async_listener(async_listener&&) noexcept;

    /// Binds and listens; port 0 picks a free one. A unix socket that nobody serves any more gives way, and stop()
    /// removes ours.
    /// errors     the resolver's or the system's; `why` says it for people.
    error_code bind(net::endpoint const&, std::string& why);
    /// The bound address, after stop() too. May be asked from any thread once bind() has returned.
    net::endpoint local() const;

    /// Goes on in the background until stop(). A copy of `each` lives until the last connection is over.
    void start(serve each);
    /// Accepts no more.
    void stop() noexcept;
    /// How many connections are being served.
    std::size_t connections() const noexcept;

private:
    struct state;
    std::shared_ptr<state> state_;
};

}  // namespace postrider::server
