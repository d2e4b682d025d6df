#include <postrider/sign/dkim/key_record.hpp>

namespace postrider::dkim {
namespace {

constexpr std::size_t string_octets = 255;  // RFC 1035 §3.3: a character-string

/// A zone file reads a quote, a backslash and a semicolon inside quotes, the first two only behind a backslash.
std::string quoted(std::string_view octets) {
    std::string out = "\"";
    for (char c : octets) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out += '"';
}

}  // namespace

std::string to_zone_line(std::string_view name, std::string_view record) {
    std::string line(name);
    line += ". IN TXT ( " + quoted(record.substr(0, string_octets));
    for (std::size_t at = string_octets; at < record.size(); at += string_octets)
        line += "\n    " + quoted(record.substr(at, string_octets));
    return line += " )";
}

}  // namespace postrider::dkim
