#include "escaping.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>

namespace postrider::mime::merge {
namespace {

constexpr bool is_html_special(char c) noexcept {
    return c == '&' || c == '<' || c == '>' || c == '"' || c == '\'';
}

std::string_view reference_for(char special) noexcept {
    switch (special) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        default: return "&#39;";
    }
}

void append_html(std::string& out, std::string_view value) {
    for (;;) {
        auto const special = std::ranges::find_if(value, is_html_special);
        out.append(value.begin(), special);
        if (special == value.end()) return;
        out += reference_for(*special);
        value = {special + 1, value.end()};
    }
}

bool is_unreserved(char c) noexcept {
    return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

void append_percent_encoded(std::string& out, std::string_view value) {
    constexpr char digits[] = "0123456789ABCDEF";
    for (char c : value) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        auto const octet = static_cast<unsigned char>(c);
        out += {'%', digits[octet >> 4], digits[octet & 15]};
    }
}

}  // namespace

void append_escaped(std::string& out, std::string_view value, escaping how) {
    switch (how) {
        case escaping::html:
        case escaping::url_begin: return append_html(out, value);
        case escaping::url_component: return append_percent_encoded(out, value);
        case escaping::none:
        case escaping::token: out += value;
    }
}

// Browsers skip controls and blanks when they look for a scheme, so a value with any at its beginning is not looked at
// but refused.
bool is_harmless_url(std::string_view value) noexcept {
    if (std::ranges::any_of(value, [](char c) { return ascii::is_control(c); }) || value.starts_with(' ')) return false;
    auto const scheme = value.substr(0, value.find_first_of(":/?#"));
    if (scheme.size() == value.size() || value[scheme.size()] != ':') return true;
    for (std::string_view harmless : {"http", "https", "mailto", "tel", "sms", "ftp", "cid", "mid"})
        if (ascii::equal_without_case(scheme, harmless)) return true;
    return false;
}

bool is_identifier(std::string_view value) noexcept {
    return std::ranges::all_of(value, [](char c) {
        return c > ' ' && c < 127 && std::string_view("<>()\"\\,;").find(c) == std::string_view::npos;
    });
}

}  // namespace postrider::mime::merge
