#pragma once
#include <cstdint>
#include <postrider/net/endpoint.hpp>
#include <string>
#include <string_view>
#include <utility>

/// Pieces of a URL, as servers and proxies have them. Each returns whether its text was right, and else complains.
namespace postrider::smtp {

/// Says what is wrong, once, for all who parse a piece.
struct complaint {
    std::string& why;
    bool operator()(std::string what) const {
        why = std::move(what);
        return false;
    }
};

bool percent_decode(std::string_view text, std::string& into, complaint const&);

bool parse_port(std::string_view text, std::uint16_t& port, complaint const&);

///     host-port = ( host / "[" IPv6address "]" ) [":" port]
/// Without a port that of `where` stays.
bool parse_host_port(std::string_view text, net::endpoint& where, complaint const&);

///     login = user [":" password]
bool parse_login(std::string_view text, std::string& user, std::string& password, complaint const&);

}  // namespace postrider::smtp
