#include "server_xtext.hpp"

#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>

namespace postrider::smtp::server_side {
namespace {

constexpr int hex_value(char c) noexcept {
    if (ascii::is_digit(c)) return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

std::optional<std::string> decode_xtext(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char octet = text[i];
        if (octet == '=' || octet == ' ') return {};
        if (octet == '+') {
            if (text.size() - i < 3) return {};
            int const high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return {};
            octet = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (ascii::is_control(octet)) return {};
        decoded += octet;
    }
    if (!codec::is_utf8(decoded)) return {};
    return decoded;
}

}  // namespace postrider::smtp::server_side
