#include <postrider/net/async_drive.hpp>
#include <postrider/server/async_session.hpp>
#include <utility>

namespace postrider::server {

async_session::async_session(net::async_stream stream, smtp::server_engine::options options,
                             smtp::server_handler& handler, net::tls_context_ptr tls)
    : stream_(std::move(stream)), engine_{smtp::server_engine(std::move(options), handler)}, tls_(std::move(tls)) {}

step async_session::watched_engine::resume(io_done last) {
    auto next = engine.resume(last);
    auto const* const writing = std::get_if<send_bytes>(&next);
    waiting = std::holds_alternative<need_bytes>(next) || (writing && writing->after.count() > 0);
    return next;
}

boost::asio::awaitable<error_code> async_session::begin_tls(net::phase_timeouts const& timeouts) {
    engine_.waiting = true;  // a peer that says nothing does not keep shut_down waiting
    error_code ec = co_await stream_.accept_tls(tls_, timeouts.until(phase::tls));
    engine_.waiting = false;
    if (ec) co_return ec;
    engine_.engine.stream_is_secure();
    engine_.channel_bindings(stream_.channel_bindings());
    co_return error_code();
}

boost::asio::awaitable<error_code> async_session::run(net::phase_timeouts const& timeouts) {
    error_code ec;
    if (tls_at_once_) ec = co_await begin_tls(timeouts);
    if (!ec) ec = co_await net::drive_server(engine_, stream_, timeouts, tls_);
    stream_.close();
    co_return ec;
}

void async_session::shut_down(std::string why) {
    engine_.engine.shut_down(std::move(why));
    if (engine_.waiting) stream_.cancel();
}

}  // namespace postrider::server
