#include <arpa/inet.h>
#include <strings.h>
#include <postrider/net/endpoint.hpp>
#include <postrider/net/proxy.hpp>

namespace postrider::net {

std::string to_string(endpoint const& where) {
    if (where.is_unix()) return where.unix_path;
    bool bracketed = where.host.find(':') != where.host.npos;
    return (bracketed ? '[' + where.host + ']' : where.host) + ':' + std::to_string(where.port);
}

std::string to_string(proxy const& through) {
    bool const is_http = through.kind == postrider::proxy::protocol::http;
    return (is_http ? "http://" : "socks5://") + to_string(through.where);
}

bool is_loopback(endpoint const& where) noexcept {
    if (where.is_unix() || ::strcasecmp(where.host.c_str(), "localhost") == 0) return true;
    in_addr v4;
    if (::inet_pton(AF_INET, where.host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
    in6_addr v6;
    return ::inet_pton(AF_INET6, where.host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace postrider::net
