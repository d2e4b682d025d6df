#pragma once
#include <sys/socket.h>
#include <sys/un.h>

#include <postrider/core/result.hpp>
#include <postrider/net/endpoint.hpp>
#include <string>
#include <vector>

namespace postrider::net {

/// An address as the system's calls take it.
struct socket_address {
    sockaddr_storage storage{};
    socklen_t size = 0;

    int family() const noexcept { return storage.ss_family; }
    sockaddr const* get() const noexcept { return reinterpret_cast<sockaddr const*>(&storage); }
};

/// "127.0.0.1:25", "[::1]:25", or the path.
std::string to_string(socket_address const&);

/// This end of a TCP connection; empty for any other descriptor.
endpoint local_endpoint_of(int socket);
endpoint peer_endpoint_of(int socket);

/// Every address of the endpoint, in the order in which to try them. Blocks while the system looks the name up.
/// errors     net::errc::host_unknown, ::lookup_failed; std::errc::filename_too_long for a unix socket
result<std::vector<socket_address>> addresses_of(endpoint const&);

/// Whether the endpoint has a host's name, for which others must be asked.
bool needs_lookup(endpoint const&);

}  // namespace postrider::net
