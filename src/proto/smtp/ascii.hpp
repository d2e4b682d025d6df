#pragma once
#include <algorithm>
#include <string>
#include <string_view>

/// SMTP's keywords are US-ASCII and blind to case, whatever the locale says.
namespace postrider::smtp {

constexpr char to_upper(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
constexpr char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string in_upper_case(std::string_view text) {
    std::string upper(text);
    std::transform(upper.begin(), upper.end(), upper.begin(), to_upper);
    return upper;
}

inline std::string in_lower_case(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), to_lower);
    return lower;
}

constexpr bool same_word(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return to_upper(x) == to_upper(y); });
}

/// Whether `word` stands at the front of `line`, and a space or the end behind it.
constexpr bool starts_with_word(std::string_view line, std::string_view word) noexcept {
    return same_word(line.substr(0, word.size()), word) && (line.size() == word.size() || line[word.size()] == ' ');
}

constexpr bool is_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace postrider::smtp
