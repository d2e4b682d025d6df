#pragma once
#include <string_view>

namespace postrider::dkim {

/// Labels of letters, digits, hyphens and underscores, of 63 octets at most each, 253 in all. What goes into a field and
/// a DNS query can therefore hold nothing else.                                          RFC 1035 §2.3.4, RFC 6376 §3.5
bool is_domain_name(std::string_view name) noexcept;

/// Whether `name` is `parent`, or lies below it.
bool is_at_or_below(std::string_view name, std::string_view parent) noexcept;

}  // namespace postrider::dkim
