#pragma once
#include <optional>
#include <postrider/mime/parse.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postrider::mime {

/// All that one part says, decoded once.
struct whole_part {
    std::vector<std::pair<std::string_view, std::string>> headers;
    std::optional<decoded_content> content;  ///< of a leaf
    std::optional<std::string> text;         ///< of a text leaf
    std::vector<defect> defects;
};
whole_part read_whole(parsed_part const&);

}  // namespace postrider::mime
