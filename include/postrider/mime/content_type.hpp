#pragma once
#include <postrider/mime/defect.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Field bodies that are a value with parameters.                                RFC 2045 §5.1, RFC 2183, RFC 2231
///     content     = type "/" subtype *(";" parameter)
///     disposition = disposition-type *(";" parameter)
///     parameter   = attribute "=" (token / quoted-string)
namespace postrider::mime {

struct parsed_parameter {
    std::string name;   ///< lower case, without the asterisks of RFC 2231
    std::string value;  ///< UTF-8, control characters as escapes; a boundary stays octet for octet
    friend bool operator==(parsed_parameter const&, parsed_parameter const&) = default;
};

struct structured_field {
    std::string value;  ///< lower case, without comments
    /// In the order written. Where one parameter has several values they all stand here, the one that counts first:
    /// extended (`name*`), then in sections (`name*0`), then plain; of the same kind, the first written.
    std::vector<parsed_parameter> parameters;
    std::vector<defect_kind> defects;

    /// The value that counts, or nullptr. `name` in lower case.
    std::string const* find(std::string_view name) const noexcept;
};

/// Both are total. Comments are skipped; sections are joined in numeric order before their charset is decoded;
/// encoded-words inside plain values, which no RFC allows and many mailers write, are decoded. Of the sections of all
/// parameters, limits::listed_values are read.
/// `field_body`       as it stands in the message, folded or not.
/// `charset_of_raw`   of 8-bit octets in plain values, as in decode_field.
/// Without a valid type, `value` is "text/plain"; without a valid disposition it is empty.
structured_field parse_content_type(std::string_view field_body, std::string_view charset_of_raw = {});
structured_field parse_content_disposition(std::string_view field_body, std::string_view charset_of_raw = {});

}  // namespace postrider::mime
