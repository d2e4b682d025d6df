#pragma once
#include <string>
#include <string_view>

namespace postrider::mime {

/// The body of Content-Transfer-Encoding: in lower case, without comments; "7bit" when empty.           RFC 2045 §6.1
std::string parse_transfer_encoding(std::string_view field_body);

/// Whether content in it stands in the message as it is.
bool is_identity_encoding(std::string_view encoding) noexcept;

/// Whether it goes by one of the names that uuencode has; none is registered.
bool is_uuencode(std::string_view encoding) noexcept;

}  // namespace postrider::mime
