#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace postrider::mime {

/// The body of Content-Transfer-Encoding: in lower case, without comments; "7bit" when empty.           RFC 2045 §6.1
std::string parse_transfer_encoding(std::string_view field_body);

/// Whether content in it stands in the message as it is.
bool is_identity_encoding(std::string_view encoding) noexcept;

/// How content is to be decoded: `identity` stands in the message as it is, and so does what nobody knows.
enum class content_decoding : std::uint8_t { identity, base64, quoted_printable, uuencode, unknown };
content_decoding read_transfer_encoding(std::string_view field_body);

}  // namespace postrider::mime
