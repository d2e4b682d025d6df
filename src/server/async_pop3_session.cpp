#include <postrider/core/limits.hpp>
#include <postrider/net/async_drive.hpp>
#include <postrider/server/async_pop3_session.hpp>
#include <utility>

namespace postrider::server {

boost::asio::awaitable<error_code> serve_pop3(net::async_stream stream, pop3::server_engine::options options,
                                              pop3::server_handler& handler, net::tls_context_ptr tls) {
    pop3::server_engine engine(std::move(options), handler);
    net::phase_timeouts timeouts;
    timeouts.command = limits::pop3_idle;
    auto const ec = co_await net::drive_server(engine, stream, timeouts, tls);
    stream.close();
    co_return ec;
}

}  // namespace postrider::server
