#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <postrider/net/async_stream.hpp>
#include <postrider/net/phase_timeouts.hpp>
#include <postrider/net/read_step.hpp>
#include <string>
#include <variant>

namespace postrider::net {

namespace detail {

/// Both drivers; they differ in what a `start_tls` step leads to.
template <class Engine, class Timeouts, class Handshake>
boost::asio::awaitable<error_code> drive_with(Engine& engine, async_stream& io, Timeouts const& timeouts,
                                              Handshake const& handshake) {
    for (io_done last;;) {
        step next = engine.resume(last);
        try {
            if (auto* out = std::get_if<send_bytes>(&next)) {
                if (out->after.count() > 0) co_await io.pause(out->after);
                error_code ec = co_await io.write_all(out->pieces, timeouts.until(out->why));
                last = {ec};
            } else if (auto* in = std::get_if<need_bytes>(&next)) {
                result<std::size_t> got = co_await io.read_some(in->room, end_of(*in, timeouts));
                last = outcome_of(*in, got);
            } else if (std::holds_alternative<start_tls>(next)) {
                error_code ec = co_await handshake(timeouts.until(phase::tls));
                last = {ec};
                if constexpr (requires { engine.channel_bindings(io.channel_bindings()); })
                    if (!ec) engine.channel_bindings(io.channel_bindings());
            } else {
                co_return std::get<finished>(next).ec;
            }
        } catch (boost::system::system_error const& thrown) {
            // Asio's way to refuse an await once the coroutine has been cancelled. The engine must hear of it: it alone
            // knows what that leaves in doubt.
            if (thrown.code() != boost::asio::error::operation_aborted) throw;
            last = {make_error_code(io_errc::cancelled)};
        }
        if constexpr (requires { engine.io_detail(std::string()); })
            if (last.ec) engine.io_detail(io.last_error_detail());
    }
}

struct handshake_as_client {
    async_stream& io;
    tls_context_ptr const& tls;
    std::string const& host;
    auto operator()(deadline when) const { return io.start_tls(tls, host, when); }
};

struct handshake_as_server {
    async_stream& io;
    tls_context_ptr const& tls;
    auto operator()(deadline when) const { return io.accept_tls(tls, when); }
};

}  // namespace detail

/// Does what a client's `engine` asks for over `io` until it has finished, and returns its code. The awaiting twin of
/// the blocking `drive`. All references must hold until it has been awaited.
template <class Engine, class Timeouts>
boost::asio::awaitable<error_code> drive(Engine& engine, async_stream& io, Timeouts const& timeouts,
                                         tls_context_ptr const& tls, std::string const& host) {
    detail::handshake_as_client handshake{io, tls, host};
    co_return co_await detail::drive_with(engine, io, timeouts, handshake);
}

/// The same for a server's engine: its start_tls step shows our certificate.
template <class Engine>
boost::asio::awaitable<error_code> drive_server(Engine& engine, async_stream& io, phase_timeouts const& timeouts,
                                                tls_context_ptr const& tls) {
    detail::handshake_as_server handshake{io, tls};
    co_return co_await detail::drive_with(engine, io, timeouts, handshake);
}

}  // namespace postrider::net
