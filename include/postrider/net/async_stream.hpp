#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <postrider/net/stream.hpp>
#include <span>
#include <string>
#include <string_view>

namespace postrider::net {

/// A connection whose calls are awaited: TCP or a unix socket, in clear or TLS. The twin of blocking_stream; one that
/// was accepted keeps nothing of what its peer says while it writes.
///
/// One call at a time. Where many threads run the executor, it must be a strand. A deadline that passes, or a
/// cancellation, ends the call and is reported after the operation below has ended, so that buffers may go away; the
/// stream stays open, but an octet may be lost between the two sides: close it, or at most say goodbye. The destructor
/// closes without a word.
class async_stream {
public:
    explicit async_stream(boost::asio::ip::tcp::socket);
    explicit async_stream(boost::asio::local::stream_protocol::socket);
    explicit async_stream(boost::asio::generic::stream_protocol::socket);
    ~async_stream();
    async_stream(async_stream&&) noexcept;
    async_stream& operator=(async_stream&&) noexcept;

    // Views and references in these calls must hold until they have been awaited.
    // errors     io_errc::timed_out, ::cancelled, ::end_of_stream, ::tls_failed, ::tls_truncated, or the system's.

    boost::asio::awaitable<error_code> write_all(std::span<std::string_view const> pieces, deadline);
    /// At least one octet, or an error.
    boost::asio::awaitable<result<std::size_t>> read_some(std::span<char> room, deadline);

    /// Handshake as the client; `host` is checked against the certificate.
    boost::asio::awaitable<error_code> start_tls(tls_context_ptr, std::string host, deadline);
    /// Handshake as the server.
    boost::asio::awaitable<error_code> accept_tls(tls_context_ptr, deadline);

    /// Ends TLS in good form, waiting for the peer's answer until the deadline at most, and closes.
    boost::asio::awaitable<void> shut_down(deadline);

    /// Does nothing for a while.
    boost::asio::awaitable<void> pause(std::chrono::milliseconds);

    /// Ends the call that is being awaited, if there is one, with io_errc::cancelled; a pause just ends.
    void cancel() noexcept;
    void close() noexcept;
    bool is_open() const noexcept;
    bool secure() const noexcept;
    /// The address and port at this end; empty for a unix socket and a closed one.
    endpoint local_endpoint() const;
    /// The same at the peer's end.
    endpoint peer_endpoint() const;
    /// For people, after a failed call.
    std::string const& last_error_detail() const noexcept;
    /// "TLSv1.3 TLS_AES_256_GCM_SHA384", or empty.
    std::string tls_description() const;
    /// What the peer showed, in a handshake that failed too; nothing in clear.
    std::optional<net::tls_peer> tls_peer() const;
    /// What a login can be bound to; empty in clear.
    sasl::channel_bindings channel_bindings() const;
    boost::asio::any_io_executor get_executor() const;

    struct state;  ///< known to its own .cpp alone

private:
    std::shared_ptr<state> state_;
};

/// Connects as net::connect does, on the executor of the coroutine that awaits it. A deadline or a cancellation takes
/// effect at once, in the midst of a lookup too.
/// errors     as net::connect; io_errc::cancelled
boost::asio::awaitable<result<async_stream>> async_connect(endpoint const&, connect_options const&, deadline,
                                                           std::string& why);

}  // namespace postrider::net
