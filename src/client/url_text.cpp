#include "url_text.hpp"

#include <algorithm>
#include <charconv>

namespace postrider::smtp {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

bool percent_decode(std::string_view text, std::string& into, complaint const& complain) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        char octet = text[i];
        if (octet == '%') {
            int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return complain("\"%\" must be followed by two hexadecimal digits");
            octet = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (static_cast<unsigned char>(octet) < 0x20 || octet == 0x7f)
            return complain("a control character in the URL");
        into += octet;
    }
    return true;
}

bool parse_port(std::string_view text, std::uint16_t& port, complaint const& complain) {
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (ec != std::errc() || end != text.data() + text.size() || port == 0)
        return complain("the port must be a number from 1 to 65535: \"" + std::string(text) + '"');
    return true;
}

bool parse_host_port(std::string_view text, net::endpoint& where, complaint const& complain) {
    std::string_view host = text.substr(0, text.find(':')), rest = text.substr(host.size());
    if (text.starts_with('[')) {
        auto close = text.find(']');
        if (close == text.npos) return complain("\"]\" is missing after the address");
        host = text.substr(1, close - 1);
        rest = text.substr(close + 1);
        if (!rest.empty() && rest.front() != ':') return complain("only a port may follow \"]\"");
    }
    if (host.empty()) return complain("the host is missing");
    auto bad = [](unsigned char c) {
        return c <= 0x20 || c == 0x7f || std::string_view("/@[]\\<>\"?#").find(c) != std::string_view::npos;
    };
    if (std::any_of(host.begin(), host.end(), bad)) return complain("not a host: \"" + std::string(host) + '"');
    where.host = host;
    return rest.empty() || parse_port(rest.substr(1), where.port, complain);
}

bool parse_login(std::string_view text, std::string& user, std::string& password, complaint const& complain) {
    auto colon = text.find(':');
    if (!percent_decode(text.substr(0, colon), user, complain)) return false;
    return colon == text.npos || percent_decode(text.substr(colon + 1), password, complain);
}

}  // namespace postrider::smtp
