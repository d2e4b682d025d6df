#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <postrider/net/async_stream.hpp>
#include <postrider/proto/proxy/header.hpp>

namespace postrider::devserver {

/// Reads what a proxy says of its client, and no octet more.
/// returns    nothing where it says something else, or too slowly: the connection is to be closed.
boost::asio::awaitable<std::optional<proxy::told_peer>> read_proxy_header(net::async_stream&, net::deadline);

}  // namespace postrider::devserver
