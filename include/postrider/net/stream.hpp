#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <postrider/core/result.hpp>
#include <postrider/net/endpoint.hpp>
#include <postrider/net/proxy.hpp>
#include <postrider/net/tls.hpp>
#include <postrider/net/tls_peer.hpp>
#include <postrider/proto/sasl/channel_bindings.hpp>
#include <postrider/proto/step.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::net {

using deadline = std::chrono::steady_clock::time_point;

/// A connection whose calls block until done, failed or past their deadline: TCP or a unix socket, in clear or TLS.
/// For one thread at a time. Small writes leave at once (TCP_NODELAY). A write that has to wait keeps what the peer says
/// meanwhile for the next reads, up to limits::read_ahead_octets. The destructor closes without a word.
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
    /// The address and port at this end; empty for a unix socket and a closed one.
    virtual endpoint local_endpoint() const { return {}; }
    /// For people, after a failed call: "certificate verify failed: self-signed certificate", "connection refused".
    virtual std::string const& last_error_detail() const noexcept = 0;
    /// "TLSv1.3 TLS_AES_256_GCM_SHA384", or empty.
    virtual std::string tls_description() const = 0;
    /// What the peer showed, in a handshake that failed too; nothing in clear.
    virtual std::optional<net::tls_peer> tls_peer() const = 0;
    /// What a login can be bound to; empty in clear.
    virtual sasl::channel_bindings channel_bindings() const { return {}; }
};

/// Finds the addresses of a host, as text. It may block; it is called on a thread of its own, and may be left alone
/// there when its answer comes too late: what it refers to must hold until it returns.
/// errors     net::errc::host_unknown when there are none, ::lookup_failed when nobody answers; others go through
using name_lookup = std::function<result<std::vector<std::string>>(std::string const& host)>;

struct connect_options {
    /// Bind to this first: an address of this machine, or a name of it. Only addresses of the same family are then
    /// tried. An empty host is any address, port 0 any port.
    std::optional<endpoint> source;

    /// How long an attempt goes on alone before the next address is tried beside it.                      RFC 8305 §8
    std::chrono::milliseconds attempt_delay{250};

    name_lookup lookup;  ///< empty: the system's

    /// Connect to this, and have it lead on to the endpoint. There is no other way then: where it does not lead, nothing
    /// goes. The two options above are for the connection to the proxy.
    std::optional<net::proxy> proxy;
    connect_options() {}
};

/// Connects to the endpoint: to the first of its addresses that answers. They are tried one soon after the other,
/// IPv6 and IPv4 in turn, and the losers are closed. The deadline is that of the whole, the lookup too. RFC 8305
/// errors     io_errc::timed_out; net::errc; proxy::errc; std::errc::invalid_argument for a unix socket behind a proxy; else the system's code for the address that failed last. `why` names each
///            address and what it said.
result<std::unique_ptr<blocking_stream>> connect(endpoint const&, connect_options const&, deadline, std::string& why);

}  // namespace postrider::net
