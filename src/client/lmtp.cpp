#include <postrider/client/lmtp.hpp>
#include <postrider/net/endpoint.hpp>
#include <utility>

namespace postrider::lmtp {

client::client(std::string_view server, client_options options)
    : smtp::client(lmtp_tag{}, server, std::move(options)) {}

client::client(std::string const& host, std::uint16_t port, client_options options)
    : smtp::client(lmtp_tag{}, to_string(net::endpoint{host, port, {}}), std::move(options)) {}

}  // namespace postrider::lmtp
