#pragma once
#include <string_view>

namespace postrider::delivery {

/// Letters, digits, hyphens and underscores in labels of at most 63 octets, 253 in all, of which the last is no number:
/// an address is no name.                                                                     RFC 1123 §2.1, RFC 2181 §11
bool is_host_name(std::string_view) noexcept;

/// Loopback and unspecified addresses, also as IPv4 within IPv6.
bool leads_to_this_machine(std::string_view address) noexcept;

}  // namespace postrider::delivery
