#pragma once
#include <string>

#include "blanks.hpp"

namespace postrider::mime {

/// What stands between "<" and ">", or all of it where they are missing.
inline std::string without_angles(std::string_view text) {
    text = trim(text);
    if (text.size() > 1 && text.front() == '<' && text.back() == '>') text = text.substr(1, text.size() - 2);
    return std::string(text);
}

}  // namespace postrider::mime
