#pragma once
#include <cstdint>
#include <string_view>

namespace postrider::mime {

/// What may stand in a field's body, and how it is folded.
enum class field_form : std::uint8_t {
    text,           ///< unstructured: encoded-words where it is not ASCII
    addresses,      ///< address-list
    parameterized,  ///< value and parameters
    tokens,         ///< identifiers, URLs, trace: ASCII, folded at blanks, never encoded
};

struct field_kind {
    field_form form = field_form::text;
    bool unique = false;  ///< RFC 5322 §3.6 allows one
};

/// Text, as often as one likes, for a name that is not known.
field_kind kind_of(std::string_view field_name) noexcept;

/// Fields that describe a body part rather than the message: they stand once, and before its content.
bool is_content_field(std::string_view field_name) noexcept;

}  // namespace postrider::mime
