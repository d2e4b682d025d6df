#include "identity.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>

#include "domain_name.hpp"

namespace postrider::dkim {
namespace {

constexpr std::string_view digits = "0123456789ABCDEF";

/// dkim-safe-char = %x21-3A / %x3C / %x3E-7E
bool is_safe(char c) noexcept {
    return c > ' ' && c < '\x7f' && c != ';' && c != '=';
}

}  // namespace

bool is_identity_of(std::string_view identity, std::string_view domain) noexcept {
    std::size_t const at = identity.rfind('@');
    if (at == identity.npos || std::any_of(identity.begin(), identity.end(), ascii::is_control)) return false;
    std::string_view const own = identity.substr(at + 1);
    return is_domain_name(own) && is_at_or_below(own, domain);
}

std::string encode_identity(std::string_view identity) {
    std::string out;
    for (char c : identity) {
        if (is_safe(c)) {
            out += c;
        } else {
            auto const octet = static_cast<unsigned char>(c);
            out += {'=', digits[octet >> 4], digits[octet & 15]};
        }
    }
    return out;
}

std::optional<std::string> decode_identity(std::string_view value) {
    std::string out;
    for (std::size_t at = 0; at < value.size(); ++at) {
        if (value[at] != '=') {
            out += value[at];
            continue;
        }
        if (value.size() - at < 3) return std::nullopt;
        std::size_t const high = digits.find(value[at + 1]), low = digits.find(value[at + 2]);
        if (high == digits.npos || low == digits.npos) return std::nullopt;
        out += static_cast<char>(high << 4 | low);
        at += 2;
    }
    return out;
}

}  // namespace postrider::dkim
