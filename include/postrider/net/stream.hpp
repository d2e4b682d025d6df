#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <postrider/core/result.hpp>
#include <postrider/net/endpoint.hpp>
#include <postrider/net/tls.hpp>
#include <postrider/net/tls_peer.hpp>
#include <postrider/proto/sasl/channel_bindings.hpp>
#include <postrider/proto/step.hpp>
#include <span>
#include <string>
#include <string_view>

namespace postrider::net {

using deadline = std::chrono::steady_clock::time_point;

/// A connection whose calls block until done, failed or past their deadline: TCP or a unix socket, in clear or TLS.
/// For one thread at a time. Small writes leave at once (TCP_NODELAY). The destructor closes without a word.
class blocking_stream {
public:
    virtual ~blocking_stream() = default;

    virtual error_code write_all(std::span<std::string_view const> pieces, deadline) = 0;
    virtual result<std::size_t> read_some(std::span<char> room, deadline) = 0;

    /// Handshake over this connection; afterwards all octets are TLS. `host` is checked against the certificate.
    virtual error_code start_tls(tls_context_ptr, std::string const& host, deadline) = 0;

    virtual void close() noexcept = 0;
    virtual bool is_open() const noexcept = 0;
    virtual bool secure() const noexcept = 0;
    /// For people, after a failed call: "certificate verify failed: self-signed certificate", "connection refused".
    virtual std::string const& last_error_detail() const noexcept = 0;
    /// "TLSv1.3 TLS_AES_256_GCM_SHA384", or empty.
    virtual std::string tls_description() const = 0;
    /// What the peer showed, in a handshake that failed too; nothing in clear.
    virtual std::optional<net::tls_peer> tls_peer() const = 0;
    /// What a login can be bound to; empty in clear.
    virtual sasl::channel_bindings channel_bindings() const { return {}; }
};

struct connect_options {
    std::optional<endpoint> source;  ///< bind to this first
    connect_options() {}
};

/// Connects to the first address of the endpoint that answers.
/// errors     io_errc::timed_out, the resolver's or the system's code; `why` says it for people.
result<std::unique_ptr<blocking_stream>> connect(endpoint const&, connect_options const&, deadline, std::string& why);

}  // namespace postrider::net
