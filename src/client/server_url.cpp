#include <algorithm>
#include <array>
#include <postrider/client/server_url.hpp>
#include <postrider/core/ascii.hpp>

#include "url_text.hpp"

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
    if (at != authority.npos && !parse_login(authority.substr(0, at), url.user, url.password, complain)) return false;
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
