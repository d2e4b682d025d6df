#pragma once
#include <postrider/net/endpoint.hpp>
#include <postrider/proto/proxy/engine.hpp>
#include <string>

namespace postrider::net {

/// Through whom to connect. The proxy looks the target's name up itself.
struct proxy {
    postrider::proxy::protocol kind = postrider::proxy::protocol::socks5;
    endpoint where;
    std::string user, password;  ///< no user: no login
};

/// As a URL, without the login.
std::string to_string(proxy const&);

}  // namespace postrider::net
