#include <algorithm>
#include <array>
#include <charconv>
#include <postrider/client/server_url.hpp>
#include <postrider/core/ascii.hpp>
#include <utility>

namespace postrider::smtp {
namespace {

struct known_scheme {
    std::string_view name;
    server_url::scheme kind;
    std::uint16_t port;
};
constexpr std::array schemes{
    known_scheme{"smtp", server_url::smtp, 587},    // RFC 6409: submission
    known_scheme{"smtps", server_url::smtps, 465},  // RFC 8314 §3.3
    known_scheme{"lmtp", server_url::lmtp, 24},
    known_scheme{"lmtp+unix", server_url::lmtp, 0},
};

/// Says what is wrong, once, for all who parse a piece.
struct complaint {
    std::string& why;
    bool operator()(std::string what) const {
        why = std::move(what);
        return false;
    }
};

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

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

//     host-port = ( host / "[" IPv6address "]" ) [":" port]
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
        return c <= 0x20 || c == 0x7f || std::string_view("/@[]\\<>\"").find(c) != std::string_view::npos;
    };
    if (std::any_of(host.begin(), host.end(), bad)) return complain("not a host: \"" + std::string(host) + '"');
    where.host = host;
    return rest.empty() || parse_port(rest.substr(1), where.port, complain);
}

bool parse_user(std::string_view text, server_url& url, complaint const& complain) {
    auto colon = text.find(':');
    if (!percent_decode(text.substr(0, colon), url.user, complain)) return false;
    return colon == text.npos || percent_decode(text.substr(colon + 1), url.password, complain);
}

bool parse_query(std::string_view text, server_url& url, complaint const& complain) {
    if (text == "starttls=off")
        url.starttls = starttls_policy::off;
    else if (text == "starttls=offered")
        url.starttls = starttls_policy::offered;
    else if (text == "starttls=required")
        url.starttls = starttls_policy::required;
    else
        return complain("after \"?\" only starttls=off, offered or required may stand");
    return url.kind != server_url::smtps || complain("smtps:// is TLS from the start: leave starttls out");
}

bool parse_scheme(std::string_view text, server_url& url, complaint const& complain) {
    auto const name = ascii::lower(text);
    auto found = std::find_if(schemes.begin(), schemes.end(), [&](auto const& one) { return one.name == name; });
    if (found == schemes.end()) return complain("unknown scheme \"" + name + "\": use smtp, smtps, lmtp or lmtp+unix");
    url.kind = found->kind;
    url.where.port = found->port;
    return true;
}

bool parse(std::string_view text, server_url& url, complaint const& complain) {
    auto separator = text.find("://");
    if (separator == text.npos) return complain("\"://\" is missing");
    auto scheme = text.substr(0, separator);
    if (!parse_scheme(scheme, url, complain)) return false;
    auto rest = text.substr(separator + 3);
    auto query = rest.find('?');
    if (query != rest.npos && !parse_query(rest.substr(query + 1), url, complain)) return false;
    rest = rest.substr(0, query);

    auto authority = rest.substr(0, rest.find('/'));
    auto path = rest.substr(authority.size());
    if (url.kind == server_url::lmtp && authority.empty()) {
        url.where.port = 0;
        if (path.size() < 2) return complain("the path of the socket is missing");
        return percent_decode(path, url.where.unix_path, complain);
    }
    if (url.where.port == 0) return complain("lmtp+unix:// takes a path: lmtp+unix:///run/lmtp");
    if (!path.empty() && path != "/") return complain("a path makes sense after lmtp:// alone");
    // The last "@" separates: mail addresses are common user names.
    auto at = authority.rfind('@');
    if (at != authority.npos && !parse_user(authority.substr(0, at), url, complain)) return false;
    return parse_host_port(authority.substr(at == authority.npos ? 0 : at + 1), url.where, complain);
}

std::string_view name_of_policy(starttls_policy policy) {
    switch (policy) {
        case starttls_policy::off: return "off";
        case starttls_policy::offered: return "offered";
        case starttls_policy::required: return "required";
    }
    return {};
}

}  // namespace

starttls_policy server_url::effective_starttls() const noexcept {
    if (kind == smtps) return starttls_policy::off;
    if (starttls) return *starttls;
    return kind == smtp && opens_session && !is_loopback(where) ? starttls_policy::required : starttls_policy::off;
}

postrider::result<server_url> parse_server_url(std::string_view text, std::string& why) {
    server_url url;
    if (!parse(text, url, complaint{why})) return make_error_code(errc::invalid_argument);
    return url;
}

postrider::result<server_url> parse_server(std::string_view text, std::uint16_t default_port, std::string& why) {
    if (text.find("://") != text.npos) return parse_server_url(text, why);
    server_url url;
    url.opens_session = false;
    url.where.port = default_port;
    if (text.starts_with('/')) {
        url.where = {{}, 0, std::string(text)};
        return url;
    }
    // An IPv6 address without brackets has no port, as in smtplib.
    bool bare_ipv6 = !text.starts_with('[') && std::count(text.begin(), text.end(), ':') > 1;
    if (bare_ipv6)
        url.where.host = text;
    else if (!parse_host_port(text, url.where, complaint{why}))
        return make_error_code(errc::invalid_argument);
    return url;
}

std::string to_string(server_url const& url) {
    if (!url.opens_session) return net::to_string(url.where);
    if (url.where.is_unix()) return "lmtp://" + url.where.unix_path;
    std::string text;
    for (auto const& one : schemes)
        if (one.kind == url.kind && text.empty()) text = std::string(one.name) + "://";
    if (!url.user.empty()) text += url.user + '@';
    text += net::to_string(url.where);
    if (url.starttls) (text += "?starttls=") += name_of_policy(*url.starttls);
    return text;
}

}  // namespace postrider::smtp
