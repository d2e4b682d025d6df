#pragma once
#include <optional>
#include <string>
#include <string_view>

// The tag `i`: [ Local-part ] "@" domain-name, in the quoted-printable of tag-lists.      RFC 6376 §2.11, §3.5
namespace postrider::dkim {

/// Whether it is an address at or below `domain`; its local part may be missing.
bool is_identity_of(std::string_view identity, std::string_view domain) noexcept;

/// With "=" and two digits for each octet that cannot stand in a tag's value.
std::string encode_identity(std::string_view identity);

/// Nothing when an "=" has no two digits behind it.
std::optional<std::string> decode_identity(std::string_view value);

}  // namespace postrider::dkim
