#pragma once
#include <string>

namespace postrider::devserver {

/// Whether an address ("192.0.2.1", "2001:db8::1") is one of the public internet: no loopback, private, link-local,
/// shared (100.64.0.0/10), multicast, documentation or reserved one, and none that leads to such a one in disguise:
/// v4-mapped, NAT64, 6to4, Teredo. False for what is no address.                                RFC 6890, RFC 4291
bool is_public_address(std::string const& address) noexcept;

}  // namespace postrider::devserver
