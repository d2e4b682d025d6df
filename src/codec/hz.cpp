#include "hz.hpp"

namespace postrider::codec::detail {

std::string hz_to_euc(std::string_view octets) {
    std::string out;
    bool in_gb = false;
    for (std::size_t i = 0; i < octets.size(); ++i) {
        char const c = octets[i], next = i + 1 < octets.size() ? octets[i + 1] : '\0';
        if (c == '\n') {
            in_gb = false;  // RFC 1843 §2: a line ends in ASCII
            out += c;
        } else if (c == '~' && (next == '{' || next == '}')) {
            in_gb = next == '{';
            ++i;
        } else if (c == '~' && !in_gb && (next == '~' || next == '\n')) {
            if (next == '~') out += '~';
            ++i;
        } else if (in_gb && c > 0x20 && next > 0x20) {
            out += static_cast<char>(c | 0x80);
            out += static_cast<char>(next | 0x80);
            ++i;
        } else {
            out += c;
        }
    }
    return out;
}

std::string euc_to_hz(std::string_view octets) {
    std::string out;
    bool in_gb = false;
    for (char c : octets) {
        bool const gb = (c & 0x80) != 0;
        if (gb != in_gb) out += gb ? "~{" : "~}";
        in_gb = gb;
        if (c == '~') out += '~';
        out += static_cast<char>(c & 0x7F);
    }
    if (in_gb) out += "~}";
    return out;
}

}  // namespace postrider::codec::detail
