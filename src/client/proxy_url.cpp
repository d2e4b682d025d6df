#include <array>
#include <postrider/client/proxy_url.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/proto/smtp/failure.hpp>

#include "url_text.hpp"

namespace postrider::smtp {
namespace {

struct known_scheme {
    std::string_view name;
    proxy::protocol kind;
    std::uint16_t port;
};
constexpr std::array schemes{
    known_scheme{"socks5", proxy::protocol::socks5, 1080},
    known_scheme{"socks5h", proxy::protocol::socks5, 1080},
    known_scheme{"http", proxy::protocol::http, 80},
};

bool parse_scheme(std::string_view text, net::proxy& into, complaint const& complain) {
    for (auto const& one : schemes)
        if (ascii::equal_without_case(one.name, text)) {
            into.kind = one.kind;
            into.where.port = one.port;
            return true;
        }
    return complain("unknown kind of proxy: use socks5:// or http://");
}

bool parse(std::string_view text, net::proxy& into, complaint const& complain) {
    auto const separator = text.find("://");
    if (separator == text.npos) return complain("\"://\" is missing: write socks5://host:port or http://host:port");
    if (!parse_scheme(text.substr(0, separator), into, complain)) return false;
    auto authority = text.substr(separator + 3);
    if (authority.ends_with('/')) authority.remove_suffix(1);
    auto const at = authority.rfind('@');
    if (at != authority.npos && !parse_login(authority.substr(0, at), into.user, into.password, complain)) return false;
    return parse_host_port(authority.substr(at == authority.npos ? 0 : at + 1), into.where, complain);
}

}  // namespace

postrider::result<net::proxy> parse_proxy_url(std::string_view text, std::string& why) {
    net::proxy parsed;
    if (!parse(text, parsed, complaint{why})) return make_error_code(errc::invalid_argument);
    return parsed;
}

}  // namespace postrider::smtp
