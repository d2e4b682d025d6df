#include "url.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>

namespace postrider::lint {
namespace {

int hex_digit(char c) noexcept {
    if (ascii::is_digit(c)) return c - '0';
    auto const lower = ascii::to_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool is_scheme(std::string_view text) {
    return !text.empty() && ascii::is_alpha(text[0]) && std::all_of(text.begin(), text.end(), [](char c) {
        return ascii::is_alnum(c) || c == '+' || c == '-' || c == '.';
    });
}

bool is_port(std::string_view text) {
    constexpr std::size_t digits = 5;
    return text.size() <= digits && std::all_of(text.begin(), text.end(), ascii::is_digit);
}

bool is_host(std::string_view host) {
    return host.find_first_of("<>\"\\^`{|}%@") == host.npos;
}

bool read_authority(std::string_view text, url_pieces& into) {
    if (auto const at = text.rfind('@'); at != text.npos) {
        into.user = text.substr(0, at);
        text.remove_prefix(at + 1);
    }
    auto const bracket = text.starts_with('[') ? text.find(']') : 0;
    if (bracket == text.npos) return false;
    auto const colon = text.find(':', bracket);
    if (colon != text.npos) into.port = text.substr(colon + 1);
    into.host = ascii::lower(percent_decoded(text.substr(0, colon)));
    return is_host(into.host) && is_port(into.port);
}

}  // namespace

std::string percent_decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const escaped =
            text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
        plain += escaped ? static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])) : text[i];
        if (escaped) i += 2;
    }
    return plain;
}

std::optional<url_pieces> take_apart(std::string_view url) {
    if (url.empty() || std::any_of(url.begin(), url.end(), [](char c) { return c == ' ' || ascii::is_control(c); }))
        return std::nullopt;
    url_pieces pieces;
    auto const colon = url.find(':');
    if (colon != url.npos && is_scheme(url.substr(0, colon))) {
        pieces.scheme = ascii::lower(url.substr(0, colon));
        url.remove_prefix(colon + 1);
    }
    bool const web = pieces.scheme == "http" || pieces.scheme == "https";
    pieces.has_authority = url.starts_with("//");
    if (pieces.has_authority) {
        auto const end = std::min(url.find_first_of("/?#", 2), url.size());
        if (!read_authority(url.substr(2, end - 2), pieces)) return std::nullopt;
        url.remove_prefix(end);
    }
    if (web && pieces.host.empty()) return std::nullopt;
    pieces.rest = url;
    return pieces;
}

bool is_numeric(std::string_view host) {
    if (host.starts_with('[')) return true;
    auto const last = host.substr(host.rfind('.') + 1);
    if (last.starts_with("0x"))
        return std::all_of(last.begin() + 2, last.end(), [](char c) { return hex_digit(c) >= 0; });
    return !last.empty() && std::all_of(last.begin(), last.end(), ascii::is_digit);
}

}  // namespace postrider::lint
