#pragma once
#include <postrider/net/endpoint.hpp>
#include <string_view>

namespace postrider::app {

/// HOST:PORT or [IPV6]:PORT, to listen on.          errors: app::error (usage)
net::endpoint parse_address(std::string_view text);

}  // namespace postrider::app
