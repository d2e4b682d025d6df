#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace postrider::smtp::server_side {

/// Decodes xtext: a printable character stands for itself, "+" and two upper-case hexadecimal digits for any octet.
/// Nothing when it is malformed, or when what it hides is a control character: no use of it here has one, and what is
/// written to a spool or a header later could be broken by it.                                    RFC 3461 §4
/// Octets of UTF-8 may stand for themselves (RFC 6533 §3); the caller decides whether they may stand there at all.
std::optional<std::string> decode_xtext(std::string_view text);

}  // namespace postrider::smtp::server_side
