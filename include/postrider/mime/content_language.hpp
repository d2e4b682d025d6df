#pragma once
#include <postrider/mime/defect.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Content-Language, Accept-Language.                                                                  RFC 3282, RFC 5646
///     language-list = language-tag *( "," language-tag )
namespace postrider::mime {

struct content_language {
    std::vector<std::string> tags;  ///< as written ("zh-Hans", "en-GB"); compare without case
    std::vector<defect_kind> defects;
};

/// Total. What is no tag is left out (invalid_header); a weight (";q=0.8") is passed over. limits::listed_values tags at
/// most.
content_language parse_content_language(std::string_view field_body);

}  // namespace postrider::mime
