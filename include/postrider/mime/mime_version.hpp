#pragma once
#include <optional>
#include <postrider/mime/defect.hpp>
#include <string_view>
#include <vector>

/// MIME-Version.                                                                                          RFC 2045 §4
///     version = 1*DIGIT "." 1*DIGIT
namespace postrider::mime {

struct mime_version {
    struct number {
        int major = 1, minor = 0;
        friend bool operator==(number const&, number const&) = default;
    };
    std::optional<number> value;  ///< nothing where the field makes no sense
    std::vector<defect_kind> defects;
};

/// Total; comments may stand anywhere. Mail is read as MIME 1.0 whatever this says, or does not say: so do all readers.
mime_version parse_mime_version(std::string_view field_body);

}  // namespace postrider::mime
