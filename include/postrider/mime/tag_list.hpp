#pragma once
#include <postrider/mime/defect.hpp>
#include <string>
#include <string_view>
#include <vector>

/// DKIM-Signature, ARC-Seal, ARC-Message-Signature, Autocrypt, and the records of DKIM and DMARC.       RFC 6376 §3.2
///     tag-list = tag-spec *( ";" tag-spec ) [ ";" ]
///     tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
namespace postrider::mime {

struct tag {
    std::string name;   ///< as written: names know case
    std::string value;  ///< unfolded; blanks inside stay, as in a signature cut into lines (without_blanks)
    friend bool operator==(tag const&, tag const&) = default;
};

struct tag_list {
    std::vector<tag> tags;             ///< in the order written
    std::vector<defect_kind> defects;  ///< with any of them, RFC 6376 takes the whole list for invalid

    /// The value of the first tag of that name, or nullptr.
    std::string const* find(std::string_view name) const noexcept;
};

/// Total. What is no `name=value` is passed over (invalid_parameter); a second tag of one name is listed
/// (duplicate_parameter); limits::listed_values tags at most.
tag_list parse_tag_list(std::string_view field_body);

/// A base64 value's blanks mean nothing: `b`, `bh`, `p`, `keydata`.
std::string without_blanks(std::string_view value);

}  // namespace postrider::mime
