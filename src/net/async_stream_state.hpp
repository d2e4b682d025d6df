#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <postrider/net/async_stream.hpp>
#include <string>

#include "async_patient_socket.hpp"

namespace postrider::net {

/// What an async_stream owns. Shared only with the handler of its timer, which must not outlive it unawares.
struct async_stream::state final : std::enable_shared_from_this<state> {
    using protocol = boost::asio::generic::stream_protocol;  // one type for TCP and unix sockets
    using handshake_side = boost::asio::ssl::stream_base::handshake_type;

    explicit state(protocol::socket);

    boost::asio::awaitable<error_code> write_all(std::span<std::string_view const> pieces, deadline);
    boost::asio::awaitable<result<std::size_t>> read_some(std::span<char> room, deadline);
    boost::asio::awaitable<error_code> handshake(tls_context_ptr, std::string host, handshake_side, deadline);
    boost::asio::awaitable<void> pause(std::chrono::milliseconds);
    boost::asio::awaitable<void> shut_down(deadline);
    void close() noexcept;

    /// The one place where the three ways to end early are told apart: by our clock, by the caller, by the network.
    error_code noted(boost::system::error_code const&);
    error_code noted(error_code, std::string words);

    protocol::socket socket;
    async_patient_socket link{socket};  // what is read and written goes by it
    boost::asio::steady_timer timer;
    boost::asio::steady_timer pauses;  // apart from `timer`, whose wake-up closes the call it watches
    tls_context_ptr context;
    std::optional<boost::asio::ssl::stream<async_patient_socket&>> tls;
    std::unique_ptr<char[]> room;  // gathers small pieces under TLS
    bool secure = false;
    bool expired = false;    // the deadline of the present call has passed
    std::uint64_t turn = 0;  // which call the timer watches
    std::string detail;
};

/// Watches over one call: when its deadline passes, what it awaits is cancelled. Setting one timer and cancelling the
/// socket costs a third of racing the call against a timer.
class call_deadline {
public:
    call_deadline(async_stream::state&, deadline);
    ~call_deadline();
    call_deadline(call_deadline const&) = delete;

private:
    async_stream::state& stream_;
};

}  // namespace postrider::net
