#include "visible.hpp"

#include <algorithm>
#include <cstddef>
#include <postrider/codec/charset.hpp>

#include "blanks.hpp"

namespace postrider::mime {
namespace {

constexpr char hex_digits[] = "0123456789abcdef";

bool is_between(char c, unsigned char first, unsigned char last) noexcept {
    auto const octet = static_cast<unsigned char>(c);
    return octet >= first && octet <= last;
}

void escape_octet(std::string& out, char c) {
    auto const value = static_cast<unsigned char>(c);
    out += "\\x";
    out += hex_digits[value >> 4];
    out += hex_digits[value & 15];
}

/// Octets of the control beyond ASCII that `text` begins with: U+0080 to U+009F, U+2028, U+2029; or 0.
std::size_t wide_control(std::string_view text) noexcept {
    if (text.size() >= 2 && text[0] == '\xc2' && is_between(text[1], 0x80, 0x9f)) return 2;
    return text.starts_with("\xe2\x80\xa8") || text.starts_with("\xe2\x80\xa9") ? 3 : 0;
}

void escape_wide(std::string& out, std::string_view control) {
    auto const last = static_cast<unsigned char>(control.back());
    out += control.size() == 2 ? "\\u00" : "\\u20";
    auto const low = control.size() == 2 ? last : static_cast<unsigned char>(last - 0x80);  // 80 A8 is U+2028
    out += hex_digits[low >> 4];
    out += hex_digits[low & 15];
}

/// Octets of the bidirectional mark, embedding, override or isolate that `text` begins with, or 0.     Unicode UAX 9
std::size_t direction_mark(std::string_view text) noexcept {
    if (text.starts_with("\xd8\x9c")) return 2;  // U+061C
    if (text.size() < 3 || text[0] != '\xe2') return 0;
    bool const marks = text[1] == '\x80' && (text[2] == '\x8e' || text[2] == '\x8f');  // U+200E, U+200F
    bool const overrides = text[1] == '\x80' && is_between(text[2], 0xaa, 0xae);       // U+202A to U+202E
    bool const isolates = text[1] == '\x81' && is_between(text[2], 0xa6, 0xa9);        // U+2066 to U+2069
    return marks || overrides || isolates ? 3 : 0;
}

}  // namespace

std::string to_utf8(std::string_view octets) {
    if (codec::is_utf8(octets)) return std::string(octets);
    auto decoded = codec::decode_charset(octets, "utf-8");
    return decoded ? std::move(decoded->text) : std::string();
}

std::string escape_controls(std::string text) {
    auto const suspect = [](char c) { return is_control(c) || c == '\xc2' || c == '\xe2'; };
    auto const first = std::find_if(text.begin(), text.end(), suspect);
    if (first == text.end()) return text;

    std::string out(text.begin(), first);
    for (std::string_view rest = std::string_view(text).substr(out.size()); !rest.empty();) {
        std::size_t taken = 1;
        if (is_control(rest[0]))
            escape_octet(out, rest[0]);
        else if ((taken = wide_control(rest)) != 0)
            escape_wide(out, rest.substr(0, taken));
        else
            out += rest[0], taken = 1;
        rest.remove_prefix(taken);
    }
    return out;
}

std::string terminal_safe(std::string_view text) {
    std::string out;
    for (std::string_view rest = text; !rest.empty();) {
        std::size_t const mark = direction_mark(rest);
        if (mark == 0 && rest[0] == '\t')
            escape_octet(out, '\t');
        else if (mark == 0)
            out += rest[0];
        rest.remove_prefix(mark == 0 ? 1 : mark);
    }
    return escape_controls(std::move(out));
}

}  // namespace postrider::mime
