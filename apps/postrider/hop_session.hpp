#pragma once
#include <optional>
#include <postrider/client/delivery_plan.hpp>
#include <postrider/client/smtp.hpp>

namespace postrider::app {

/// Opens a session with a server of a plan, under the TLS that it demands. Where TLS was merely taken because it was
/// offered, and fails, the server is asked once more without it: an attacker who can break TLS there could have hidden it.
///                                                                                                    RFC 7435 §3
/// `client`   becomes the one that was used last, failed or not
/// returns    what went wrong, or nothing
std::optional<smtp::failed> open_hop(smtp::client& client, delivery::hop const&, std::uint16_t port,
                                     smtp::client_options const& base);

}  // namespace postrider::app
