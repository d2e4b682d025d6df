#include <algorithm>
#include <map>
#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/utils.hpp>

#include "../parse/visible.hpp"
#include "tokens.hpp"

namespace postrider::mime {
namespace {

int hex_value(char c) noexcept {
    if (ascii::is_digit(c)) return c - '0';
    char const lower = ascii::to_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// What is no percent sign with two digits behind it stays.
std::string percent_decoded(std::string_view text) {
    std::string octets;
    for (std::size_t at = 0; at < text.size(); ++at) {
        bool const room = text[at] == '%' && at + 2 < text.size();
        int const high = room ? hex_value(text[at + 1]) : -1, low = room ? hex_value(text[at + 2]) : -1;
        bool const escape = high >= 0 && low >= 0;
        octets += escape ? static_cast<char>(high * 16 + low) : text[at];
        at += escape ? 2 : 0;
    }
    return octets;
}

struct section {
    int number;  ///< -1: the whole value, `name*`
    std::string value;
    bool encoded;
};

/// `name*`, `name*0`, `name*0*`: cuts `name` down to the name.
/// returns    false for a name without such marks, and for one whose section lies beyond the limit.
bool take_marks(std::string& name, section& one) {
    std::size_t const star = name.find('*');
    if (star == name.npos || star == 0) return false;
    std::string_view marks = std::string_view(name).substr(star + 1);
    one.encoded = name.ends_with('*');
    if (marks.ends_with('*')) marks.remove_suffix(1);
    one.number = marks.empty() ? -1 : read_number(marks);
    bool const sound =
        marks.empty() || (one.number >= 0 && static_cast<std::size_t>(one.number) < limits::parameter_sections);
    if (sound) name.resize(star);
    return sound;
}

decoded_parameter join(std::string name, std::vector<section> sections) {
    std::stable_sort(sections.begin(), sections.end(),
                     [](auto const& a, auto const& b) { return a.number < b.number; });
    std::string value;
    for (section const& one : sections) value += one.encoded ? percent_decoded(one.value) : one.value;
    value = quote(value);
    bool const extended = std::any_of(sections.begin(), sections.end(), [](auto const& one) { return one.encoded; });
    if (!extended) return {std::move(name), '"' + value + '"'};
    rfc2231_value decoded = decode_rfc2231(value);
    decoded.value = '"' + decoded.value + '"';
    return {std::move(name), std::move(decoded)};
}

}  // namespace

std::string encode_rfc2231(std::string_view octets, std::string_view charset, std::string_view language) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    if (!charset.empty() || !language.empty()) encoded = std::string(charset) + '\'' + std::string(language) + '\'';
    for (char c : octets) {
        if (ascii::is_alnum(c) || c == '_' || c == '.' || c == '-' || c == '~') {
            encoded += c;
        } else {
            auto const value = static_cast<unsigned char>(c);
            encoded += {'%', digits[value >> 4], digits[value & 15]};
        }
    }
    return encoded;
}

rfc2231_value decode_rfc2231(std::string_view text) {
    std::size_t const first = text.find('\'');
    std::size_t const second = first == text.npos ? first : text.find('\'', first + 1);
    if (second == text.npos) return {std::nullopt, std::nullopt, std::string(text)};
    return {std::string(text.substr(0, first)), std::string(text.substr(first + 1, second - first - 1)),
            std::string(text.substr(second + 1))};
}

std::vector<decoded_parameter> decode_params(std::vector<std::pair<std::string, std::string>> const& params) {
    std::vector<decoded_parameter> decoded;
    std::map<std::string, std::vector<section>> sections;
    std::vector<std::string> order;
    for (auto const& [written, value] : params) {
        std::string name = written;
        section one{-1, unquote(value), false};
        if (&written == &params.front().first) {
            decoded.emplace_back(written, value);
        } else if (!take_marks(name, one)) {
            decoded.emplace_back(written, '"' + quote(one.value) + '"');
        } else {
            auto& of_name = sections[name];
            if (of_name.empty()) order.push_back(name);
            of_name.push_back(std::move(one));
        }
    }
    for (std::string const& name : order) decoded.push_back(join(name, std::move(sections[name])));
    return decoded;
}

std::string collapse_rfc2231_value(std::variant<std::string, rfc2231_value> const& value,
                                   std::string_view fallback_charset) {
    if (auto const* text = std::get_if<std::string>(&value)) return to_utf8(unquote(*text));
    auto const& extended = std::get<rfc2231_value>(value);
    auto decoded =
        codec::decode_charset(unquote(extended.value), extended.charset.value_or(std::string(fallback_charset)));
    if (!decoded) decoded = codec::decode_charset(unquote(extended.value), fallback_charset);
    return decoded ? std::move(decoded->text) : std::string();
}

}  // namespace postrider::mime
