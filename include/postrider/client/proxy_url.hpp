#pragma once
#include <postrider/core/result.hpp>
#include <postrider/net/proxy.hpp>
#include <string>
#include <string_view>

namespace postrider::smtp {

/// A proxy as users write it.
///     socks5://[user[:password]@]host[:port]      port 1080; socks5h:// means the same: the proxy looks names up
///     http://[user[:password]@]host[:port]        port 80
/// User and password may be percent-encoded.
/// errors     errc::invalid_argument; `why` says what is wrong with the text.
postrider::result<net::proxy> parse_proxy_url(std::string_view text, std::string& why);

}  // namespace postrider::smtp
