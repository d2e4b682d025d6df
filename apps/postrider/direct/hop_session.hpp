#pragma once
#include <optional>
#include <postrider/client/delivery_plan.hpp>
#include <postrider/client/smtp.hpp>

namespace postrider::app {

/// TLS was merely taken because it was offered, and it is TLS that failed: the server may be asked once more without it,
/// since an attacker who can break TLS there could have hidden it.                                    RFC 7435 §3
bool may_do_without_tls(delivery::hop const&, smtp::failure const&);

/// Opens a session with a server of a plan, under the TLS that it demands, or without where it may do without.
/// `client`   becomes the one that was used last, failed or not
/// returns    what went wrong, or nothing
std::optional<smtp::failed> open_hop(smtp::client& client, delivery::hop const&, std::uint16_t port,
                                     smtp::client_options const& base);

}  // namespace postrider::app
