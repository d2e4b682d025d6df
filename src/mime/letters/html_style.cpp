#include "html_style.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>

namespace postrider::mime {
namespace {

using ascii::equal_without_case;

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n\f";
    auto const first = text.find_first_not_of(blanks);
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

// declaration = property ":" value ["!important"]
bool is_hiding(std::string_view declaration) noexcept {
    auto const colon = declaration.find(':');
    if (colon == declaration.npos) return false;
    auto const property = trimmed(declaration.substr(0, colon));
    auto value = declaration.substr(colon + 1);
    value = trimmed(value.substr(0, value.find('!')));
    return (equal_without_case(property, "display") && equal_without_case(value, "none")) ||
           (equal_without_case(property, "visibility") && equal_without_case(value, "hidden"));
}

bool is_seen(char c) noexcept {
    return static_cast<unsigned char>(c) > ' ' && c != 0x7F;
}

}  // namespace

bool hides(html_attributes const& attributes) noexcept {
    if (attributes.hidden.data()) return true;
    for (auto style = attributes.style; !style.empty();) {
        auto const end = style.find(';');
        if (is_hiding(style.substr(0, end))) return true;
        if (end == style.npos) break;
        style.remove_prefix(end + 1);
    }
    return false;
}

std::string shown_url(std::string_view url) {
    std::string shown;
    std::copy_if(url.begin(), url.end(), std::back_inserter(shown), is_seen);
    auto const colon = shown.find(':');
    auto const scheme = std::string_view(shown).substr(0, colon == shown.npos ? 0 : colon);
    for (std::string_view unwanted : {"javascript", "vbscript", "data", "cid", "about", "blob"})
        if (equal_without_case(scheme, unwanted)) return {};
    if (shown.starts_with('#')) return {};
    return shown;
}

long first_number(std::string_view start) noexcept {
    constexpr std::size_t most_digits = 6;
    auto const digits = trimmed(start);
    if (digits.empty() || digits.size() > most_digits || !std::all_of(digits.begin(), digits.end(), ascii::is_digit))
        return 1;
    long number = 0;
    for (char digit : digits) number = number * 10 + (digit - '0');
    return number;
}

}  // namespace postrider::mime
