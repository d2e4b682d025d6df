#pragma once
#include <boost/asio/awaitable.hpp>
#include <postrider/net/async_stream.hpp>
#include <postrider/net/phase_timeouts.hpp>
#include <postrider/proto/smtp/server_engine.hpp>
#include <string>
#include <utility>

namespace postrider::server {

/// One SMTP or LMTP session over one connection.
class async_session {
public:
    /// `handler`  outlives the session.
    /// `tls`      for STARTTLS; may be null where the options do not offer it.
    async_session(net::async_stream, smtp::server_engine::options, smtp::server_handler& handler,
                  net::tls_context_ptr tls);

    /// TLS begins with the first octet, before the greeting. To be said before run().                RFC 8314 §3.3
    void tls_at_once() noexcept { tls_at_once_ = true; }

    /// The next handshake shows this certificate instead; without one it fails at once.
    void show(net::tls_context_ptr other) noexcept { tls_ = std::move(other); }

    /// From greeting to close. The references hold until it has been awaited.
    boost::asio::awaitable<error_code> run(net::phase_timeouts const&);

    /// What is known of the client; alive as long as this.
    smtp::server_engine const& engine() const noexcept { return engine_.engine; }
    /// "TLSv1.3 TLS_AES_256_GCM_SHA384", or empty.
    std::string tls_description() const { return stream_.tls_description(); }

    /// Ends a running session soon, in good order: the peer is told 421 with `why`. From the session's own executor.
    void shut_down(std::string why);

private:
    boost::asio::awaitable<error_code> begin_tls(net::phase_timeouts const&);

    /// Knows whether the session waits for its peer, or makes it wait: only then may its stream be cancelled without
    /// losing octets of a reply.
    struct watched_engine {
        smtp::server_engine engine;
        bool waiting = false;
        step resume(io_done last);
        void channel_bindings(sasl::channel_bindings bindings) noexcept {
            engine.channel_bindings(std::move(bindings));
        }
    };

    net::async_stream stream_;
    watched_engine engine_;
    net::tls_context_ptr tls_;
    bool tls_at_once_ = false;
};

}  // namespace postrider::server
