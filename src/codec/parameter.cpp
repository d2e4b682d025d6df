#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/parameter.hpp>
#include <postrider/core/ascii.hpp>

#include "hex.hpp"

namespace postrider::codec {
namespace {

/// A line holds 78 octets (RFC 5322 §2.1.1); one is kept for the ";" of the parameter that may follow.
constexpr std::size_t line_octets = 77;

bool is_control(char c) noexcept {
    return (c >= 0 && c < ' ') || c == 0x7F;
}

bool is_token_character(char c) noexcept {
    return c > ' ' && c < 0x7F && std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
}

/// What stands for itself in an extended value. RFC 2231 §7 allows more; nothing reads more reliably.
bool is_plain(char c) noexcept {
    return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out += '"';
}

void append_percent_encoded(std::string& out, std::string_view octets) {
    for (char c : octets) {
        if (is_plain(c)) {
            out += c;
        } else {
            out += '%';
            out += detail::upper_hex_digits[static_cast<unsigned char>(c) >> 4];
            out += detail::upper_hex_digits[static_cast<unsigned char>(c) & 15];
        }
    }
}

/// Appends one `attribute=value` behind "; ", on the next line where this one has no room.
void put(std::string& field, std::size_t& column, std::string_view parameter) {
    bool const fits = column + 2 + parameter.size() <= line_octets;
    field += fits ? "; " : ";\r\n ";
    column = fits ? column + 2 : 1;
    field += parameter;
    column += parameter.size();
}

/// Octets at the front of `octets` that take at most `room` characters percent-encoded. A character of UTF-8 is not
/// split; other charsets are cut between octets, which RFC 2231 §4.1 puts together again.
std::size_t section_size(std::string_view octets, std::size_t room, bool utf8) noexcept {
    std::size_t taken = 0;
    for (; taken < octets.size(); ++taken) {
        std::size_t const size = is_plain(octets[taken]) ? 1 : 3;
        if (size > room) break;
        room -= size;
    }
    return utf8 ? utf8_prefix(octets, taken) : taken;
}

/// Puts a value that one line cannot hold: `name*0*=charset'language'...`, `name*1*=...`, each on a line of its own.
error_code put_sections(std::string& field, std::size_t& column, std::string_view name, std::string_view label,
                        std::string_view octets, bool utf8) {
    std::string sections, prefix(label);
    std::size_t last = 0;
    for (std::size_t number = 0; !octets.empty(); ++number) {
        std::string section = std::string(name) + '*' + std::to_string(number) + "*=" + prefix;
        std::size_t const room = line_octets - 1 - std::min(section.size(), line_octets - 1);
        std::size_t const taken = section_size(octets, room, utf8);
        if (taken == 0) return errc::malformed;  // name, charset and language alone fill the line
        append_percent_encoded(section, octets.substr(0, taken));
        octets.remove_prefix(taken);
        sections += ";\r\n " + section;
        last = section.size();
        prefix.clear();
    }
    field += sections;
    column = 1 + last;
    return {};
}

/// The value in RFC 2231 form, in one piece or in sections.
error_code put_extended(std::string& field, std::size_t& column, std::string_view name, std::string_view value,
                        std::string_view charset, std::string_view language) {
    auto const label = charset_name(is_ascii(value) ? "us-ascii" : charset);
    if (!label) return label.error();
    auto const octets = encode_charset(value, *label);
    if (!octets) return octets.error();
    std::string const begin = *label + '\'' + std::string(language) + '\'';
    std::string whole = std::string(name) + "*=" + begin;
    append_percent_encoded(whole, *octets);
    if (1 + whole.size() > line_octets) return put_sections(field, column, name, begin, *octets, *label == "utf-8");
    put(field, column, whole);
    return {};
}

}  // namespace

bool is_token(std::string_view text) noexcept {
    return !text.empty() && std::ranges::all_of(text, is_token_character);
}

error_code append_parameter(std::string& field, std::size_t& column, std::string_view name, std::string_view value,
                            std::string_view charset, std::string_view language) {
    bool const sound_name = is_token(name) && name.find_first_of("*'%") == std::string_view::npos;
    bool const sound_language =
        language.find_first_of("*'%") == std::string_view::npos && (language.empty() || is_token(language));
    if (!sound_name || !sound_language || !is_utf8(value) || std::ranges::any_of(value, is_control))
        return errc::malformed;
    if (auto known = charset_name(charset); !known) return known.error();

    // A reader that decodes encoded-words inside quotes must not find one that nobody wrote.
    bool const looks_encoded = value.find("=?") != std::string_view::npos;
    if (is_ascii(value) && language.empty() && !looks_encoded) {
        std::string parameter = std::string(name) + '=' + (is_token(value) ? std::string(value) : quoted(value));
        if (1 + parameter.size() <= line_octets) {
            put(field, column, parameter);
            return {};
        }
    }
    return put_extended(field, column, name, value, charset, language);
}

result<std::string> decode_extended_value(std::string_view text) {
    std::size_t const charset_end = text.find('\'');
    if (charset_end == std::string_view::npos) return errc::malformed;
    std::size_t const language_end = text.find('\'', charset_end + 1);
    if (language_end == std::string_view::npos) return errc::malformed;
    std::string octets;
    for (auto rest = text.substr(language_end + 1); !rest.empty();) {
        int const octet = rest.front() == '%' ? detail::hex_octet(rest.substr(1)) : -1;
        if (rest.front() == '%' && octet < 0) return errc::malformed;
        octets += octet < 0 ? rest.front() : static_cast<char>(octet);
        rest.remove_prefix(octet < 0 ? 1 : 3);
    }
    auto decoded = decode_charset(octets, charset_end == 0 ? "utf-8" : text.substr(0, charset_end));
    if (!decoded) return decoded.error();
    if (std::ranges::any_of(decoded->text, is_control)) return errc::malformed;
    return std::move(decoded->text);
}

}  // namespace postrider::codec
