#pragma once
#include <algorithm>
#include <string>
#include <string_view>

#include "../characters.hpp"

namespace postrider::mime {

inline std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), to_lower);
    return lower;
}

constexpr std::string_view trim_front(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    return text;
}

constexpr std::string_view trim_back(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

constexpr std::string_view trim(std::string_view text) noexcept {
    return trim_back(trim_front(text));
}

}  // namespace postrider::mime
