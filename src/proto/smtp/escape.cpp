#include <postrider/core/limits.hpp>
#include <postrider/proto/smtp/escape.hpp>

namespace postrider::smtp {
namespace {

struct character {
    std::size_t octets = 1;  ///< its length in UTF-8
    char32_t value = 0;
    bool valid = false;
};

/// The character at the front of `text`; overlong forms, surrogates and what lies beyond U+10FFFF are none.
character first_of(std::string_view text) noexcept {
    auto const lead = static_cast<unsigned char>(text[0]);
    std::size_t const octets = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    if (octets == 0 || octets > text.size()) return {};
    char32_t value = octets == 1 ? lead : lead & (0x7Fu >> octets);
    for (std::size_t i = 1; i < octets; ++i) {
        auto const next = static_cast<unsigned char>(text[i]);
        if ((next & 0xC0) != 0x80) return {};
        value = value << 6 | (next & 0x3F);
    }
    bool const overlong = (octets == 3 && value < 0x800) || (octets == 4 && value < 0x10000);
    bool const surrogate = value >= 0xD800 && value < 0xE000;
    return {octets, value, !overlong && !surrogate && value <= 0x10FFFF};
}

/// Moves the cursor, ends the line or turns the direction of what is around it.
bool acts(char32_t c) noexcept {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

void append_hex(std::string& out, char octet) {
    static constexpr char digits[] = "0123456789abcdef";
    out += "\\x";
    out += digits[static_cast<unsigned char>(octet) >> 4];
    out += digits[static_cast<unsigned char>(octet) & 15];
}

}  // namespace

std::string escaped(std::string_view untrusted) {
    std::string out;
    while (!untrusted.empty()) {
        if (out.size() >= limits::shown_octets) return out + "...";
        auto c = first_of(untrusted);
        if (!c.valid) c.octets = 1;
        for (char octet : untrusted.substr(0, c.octets)) {
            if (c.valid && !acts(c.value))
                out += octet;
            else
                append_hex(out, octet);
        }
        untrusted.remove_prefix(c.octets);
    }
    return out;
}

}  // namespace postrider::smtp
