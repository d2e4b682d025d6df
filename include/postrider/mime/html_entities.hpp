#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace postrider::mime {

/// An attribute's value is mostly a URL: there a name without its semicolon may be a parameter.
enum class html_place : std::uint8_t { text, attribute };

/// `text` (UTF-8) with its character references resolved: numbers, the names of HTML 4 and some more; others stay as
/// they are. Never longer than `text`.
std::string decode_entities(std::string_view text, html_place place);

}  // namespace postrider::mime
