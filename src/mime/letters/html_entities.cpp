#include <postrider/mime/html_entities.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <postrider/core/ascii.hpp>

#include "characters_of_utf8.hpp"
#include "html_named_characters.hpp"

namespace postrider::mime {
namespace {

static_assert(std::is_sorted(std::begin(named_characters), std::end(named_characters),
                             [](auto const& a, auto const& b) { return a.name < b.name; }));

constexpr std::size_t longest_name = 16;

// What numbers 128 to 159 mean to every browser: the page says Unicode, its author thought of windows-1252.
constexpr char16_t windows_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178,
};

// 0 for a name that is not known.
char32_t number_of(std::string_view name) noexcept {
    auto const found = std::lower_bound(std::begin(named_characters), std::end(named_characters), name,
                                        [](auto const& one, std::string_view wanted) { return one.name < wanted; });
    return found != std::end(named_characters) && found->name == name ? found->number : 0;
}

// Names older than HTML 4 stand for themselves without a semicolon too: "&eacutetat" is "état".
bool needs_no_semicolon(std::string_view name, char32_t number) noexcept {
    if (number == 0 || number > 0xFF) return false;
    return number >= 0xA0 || name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "AMP" ||
           name == "LT" || name == "GT" || name == "QUOT";
}

struct reference {
    std::size_t octets = 0;  // 0: none, the ampersand is one
    char32_t number = 0;
};

char32_t character_of(char32_t number) noexcept {
    if (number >= 0x80 && number < 0xA0) return windows_1252[number - 0x80];
    return number == 0 || number > 0x10FFFF ? 0xFFFD : number;
}

int digit_of(char c, char32_t base) noexcept {
    if (ascii::is_digit(c)) return c - '0';
    c = ascii::to_lower(c);
    return base == 16 && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// "&#" ["x"] 1*digit [";"]
reference numeric(std::string_view text) noexcept {
    bool const hexadecimal = text.size() > 2 && ascii::to_lower(text[2]) == 'x';
    char32_t const base = hexadecimal ? 16 : 10;
    std::size_t const begin = hexadecimal ? 3 : 2;
    std::size_t at = begin;
    char32_t number = 0;
    for (; at < text.size() && digit_of(text[at], base) >= 0; ++at)
        number = std::min<char32_t>(number * base + static_cast<char32_t>(digit_of(text[at], base)), 0x110000);
    if (at == begin) return {};
    return {at + (at < text.size() && text[at] == ';'), character_of(number)};
}

// "&" name [";"]
reference named(std::string_view text, html_place place) noexcept {
    auto const rest = text.substr(1, longest_name + 1);
    auto const end = std::find_if_not(rest.begin(), rest.end(), ascii::is_alnum);
    auto name = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    if (name.size() < rest.size() && rest[name.size()] == ';')
        if (auto const number = number_of(name)) return {name.size() + 2, number};
    // In a URL "&copy=1" is a parameter.
    bool const goes_on = name.size() < rest.size() && rest[name.size()] == '=';
    for (auto const whole = name.size(); !name.empty(); name.remove_suffix(1)) {
        auto const number = number_of(name);
        if (!needs_no_semicolon(name, number)) continue;
        if (place == html_place::attribute && (goes_on || name.size() < whole)) return {};
        return {name.size() + 1, number};
    }
    return {};
}

}  // namespace

std::string decode_entities(std::string_view text, html_place place) {
    std::string out;
    out.reserve(text.size());
    for (;;) {
        auto const ampersand = text.find('&');
        out += text.substr(0, ampersand);
        if (ampersand == text.npos) return out;
        text.remove_prefix(ampersand);
        auto const found = text.substr(0, 2) == "&#" ? numeric(text) : named(text, place);
        if (found.octets > 0)
            append_character(out, found.number);
        else
            out += '&';
        text.remove_prefix(std::max<std::size_t>(found.octets, 1));
    }
}

}  // namespace postrider::mime
