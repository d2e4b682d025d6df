#pragma once
#include <optional>
#include <postrider/mime/field.hpp>
#include <string>

namespace postrider::mime {

/// What the structure of a message depends on in one header section.
struct header_summary {
    std::optional<field_view> content_type;
    std::optional<field_view> transfer_encoding;
    std::optional<field_view> first_duplicate;  ///< of the fields that may stand only once
};
header_summary summarize(header_view const& fields);

/// The body of Content-Transfer-Encoding: in lower case, without comments; "7bit" when empty.           RFC 2045 §6.1
std::string parse_transfer_encoding(std::string_view field_body);

/// Whether content in it stands in the message as it is.
bool is_identity_encoding(std::string_view encoding) noexcept;

}  // namespace postrider::mime
