#pragma once
#include <cstdint>
#include <optional>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>

namespace postrider::net {

/// Where a stream leads: a host and port, or a unix socket.
struct endpoint {
    std::string host;  ///< name or address, IPv6 without brackets; empty for a unix socket
    std::uint16_t port = 0;
    std::string unix_path;
    bool is_unix() const noexcept { return !unix_path.empty(); }
    friend bool operator==(endpoint const&, endpoint const&) = default;
};

/// "host:port", "[::1]:port", or the path.
std::string to_string(endpoint const&);

/// localhost, 127.0.0.0/8, ::1 or a unix socket: what cannot be overheard from outside.
bool is_loopback(endpoint const&) noexcept;

}  // namespace postrider::net
