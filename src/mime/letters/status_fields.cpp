#include "status_fields.hpp"

#include <cstddef>
#include <cstdio>
#include <postrider/codec/charset.hpp>
#include <postrider/codec/date.hpp>

#include "../parse/visible.hpp"
#include "characters_of_utf8.hpp"

namespace postrider::mime {
namespace {

constexpr std::size_t longest_value = 900;

// utf-8-addr-xtext: "\x{C3A9}"
std::string ascii_address(std::string_view address) {
    std::string out;
    while (!address.empty()) {
        auto const [number, octets] = first_character(address);
        char hex[16];
        std::snprintf(hex, sizeof hex, "\\x{%X}", static_cast<unsigned>(number));
        if (number < 0x80)
            out += address.front();
        else
            out += hex;
        address.remove_prefix(octets);
    }
    return out;
}

std::string one_ascii_line(std::string_view text) {
    auto line = escape_controls(to_utf8(text));
    std::string out;
    for (char c : line.substr(0, longest_value))
        out += c == '\t' ? ' ' : static_cast<unsigned char>(c) < 0x80 ? c : '?';
    return out;
}

}  // namespace

void status_fields::put(std::string_view name, std::string_view value) {
    if (!value.empty()) out_.append(name).append(": ").append(one_ascii_line(value)).append("\r\n");
}

void status_fields::put_typed(std::string_view name, std::string_view type, std::string_view value) {
    if (!value.empty()) put(name, std::string(type) + "; " + std::string(value));
}

void status_fields::put_address(std::string_view name, std::string_view address) {
    if (codec::is_ascii(address)) return put_typed(name, "rfc822", address);
    put_typed(name, "utf-8", ascii_address(to_utf8(address)));
}

void status_fields::put_date(std::string_view name, std::chrono::system_clock::time_point when) {
    put(name, codec::format_date(std::chrono::floor<std::chrono::seconds>(when), std::chrono::seconds(0)));
}

}  // namespace postrider::mime
