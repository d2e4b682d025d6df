#pragma once
#include <string_view>

#include "../characters.hpp"

namespace postrider::mime {

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
