#include <algorithm>
#include <postrider/core/ascii.hpp>

#include "server_path.hpp"

/// Addresses of hosts that have no name.                                                         RFC 5321 §4.1.3
namespace postrider::smtp::server_side {
namespace {

bool is_ipv4(std::string_view text) noexcept {
    for (int part = 0; part < 4; ++part) {
        auto const digits = std::find_if_not(text.begin(), text.end(), ascii::is_digit) - text.begin();
        if (digits < 1 || digits > 3) return false;
        int value = 0;
        for (char c : text.substr(0, digits)) value = value * 10 + (c - '0');
        if (value > 255) return false;
        text.remove_prefix(digits);
        if (part == 3) break;
        if (!text.starts_with('.')) return false;
        text.remove_prefix(1);
    }
    return text.empty();
}

bool is_hex(char c) noexcept {
    return ascii::is_digit(c) || (ascii::to_upper(c) >= 'A' && ascii::to_upper(c) <= 'F');
}

/// How many groups of 16 bits "1:2:...:192.0.2.1" is; -1 when it is no such thing, 0 when it is empty.
int count_groups(std::string_view text, bool may_end_in_ipv4) noexcept {
    if (text.empty()) return 0;
    for (int groups = 0;;) {
        auto const group = text.substr(0, text.find(':'));
        bool const last = group.size() == text.size();
        if (last && may_end_in_ipv4 && is_ipv4(group)) return groups + 2;
        if (group.empty() || group.size() > 4 || !std::all_of(group.begin(), group.end(), is_hex)) return -1;
        ++groups;
        if (last) return groups;
        text.remove_prefix(group.size() + 1);
    }
}

bool is_ipv6(std::string_view text) noexcept {
    auto const gap = text.find("::");
    if (gap == text.npos) return count_groups(text, true) == 8;
    int const before = count_groups(text.substr(0, gap), false);
    int const after = count_groups(text.substr(gap + 2), true);
    return before >= 0 && after >= 0 && before + after <= 7;
}

/// Standardized-tag ":" 1*dcontent
bool is_general_literal(std::string_view text) noexcept {
    auto const colon = text.find(':');
    if (colon == text.npos || colon == 0 || colon + 1 == text.size() || text[colon - 1] == '-') return false;
    auto const tag = text.substr(0, colon), content = text.substr(colon + 1);
    return std::all_of(tag.begin(), tag.end(), [](char c) { return ascii::is_alnum(c) || c == '-'; }) &&
           std::all_of(content.begin(), content.end(), [](char c) {
               return !ascii::is_control(c) && !ascii::is_8bit(c) && c != ' ' && c != '[' && c != '\\' && c != ']';
           });
}

}  // namespace

bool is_address_literal(std::string_view text) noexcept {
    if (text.size() < 3 || text.front() != '[' || text.back() != ']') return false;
    text = text.substr(1, text.size() - 2);
    constexpr std::string_view ipv6_tag = "IPv6:";
    if (ascii::equal_without_case(text.substr(0, ipv6_tag.size()), ipv6_tag))
        return is_ipv6(text.substr(ipv6_tag.size()));
    return is_ipv4(text) || is_general_literal(text);
}

}  // namespace postrider::smtp::server_side
