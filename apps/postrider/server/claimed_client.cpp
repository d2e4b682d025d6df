#include "claimed_client.hpp"

#include <arpa/inet.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cstdint>

#include "address.hpp"
#include "exit_codes.hpp"

namespace postrider::app {
namespace {

struct peer {
    int family = AF_UNSPEC;
    std::string address;  ///< in network order
    net::endpoint written;
};

peer parse_peer(std::string const& text) {
    peer p;
    p.written = parse_address(text);
    char room[sizeof(in6_addr)];
    for (int family : {AF_INET, AF_INET6}) {
        if (::inet_pton(family, p.written.host.c_str(), room) != 1) continue;
        p.family = family;
        p.address.assign(room, family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr));
        return p;
    }
    throw error(exit_code::usage, "'" + text + "' is no IP address with a port",
                "write 192.0.2.1:4321 or [2001:db8::1]:4321");
}

std::string two_octets(std::size_t number) {
    return {static_cast<char>(number >> 8), static_cast<char>(number)};
}

std::string version_1(peer const& from, peer const& to) {
    return std::string("PROXY ") + (from.family == AF_INET ? "TCP4 " : "TCP6 ") + from.written.host + " " +
           to.written.host + " " + std::to_string(from.written.port) + " " + std::to_string(to.written.port) + "\r\n";
}

constexpr std::string_view version_2_signature{"\r\n\r\n\0\r\nQUIT\n", 12};

std::string version_2(peer const& from, peer const& to) {
    constexpr char proxy_command = 0x21, tcp_over_ipv4 = 0x11, tcp_over_ipv6 = 0x21;
    std::string const addresses =
        from.address + to.address + two_octets(from.written.port) + two_octets(to.written.port);
    std::string header(version_2_signature);
    header += proxy_command;
    header += from.family == AF_INET ? tcp_over_ipv4 : tcp_over_ipv6;
    return header + two_octets(addresses.size()) + addresses;
}

std::string of_nobody(std::string const& version) {
    if (version == "v1") return "PROXY UNKNOWN\r\n";
    constexpr char local_command = 0x20;
    return std::string(version_2_signature) + local_command + std::string(3, '\0');
}

}  // namespace

void add_claimed_client(CLI::App& command, claimed_client& into) {
    constexpr char const* group = "On behalf of another client";
    auto* const version = command
                              .add_option("--proxy-line", into.proxy_version,
                                          "Say a PROXY header before the greeting: v1 (a line) or v2 (binary)")
                              ->check(CLI::IsMember({"v1", "v2"}))
                              ->type_name("VERSION")
                              ->group(group);
    auto* const source = command.add_option("--proxy-source", into.proxy_source, "The client that it tells of")
                             ->needs(version)
                             ->type_name("IP:PORT")
                             ->group(group);
    auto* const destination =
        command.add_option("--proxy-destination", into.proxy_destination, "Where that client connected to")
            ->needs(source)
            ->type_name("IP:PORT")
            ->group(group);
    source->needs(destination);
    command
        .add_option("--xclient", into.xclient, "Postfix's XCLIENT, behind TLS: 'ADDR=192.0.2.1 NAME=mx.example.com'")
        ->type_name("ATTRIBUTES")
        ->group(group);
}

std::string proxy_header(claimed_client const& claim) {
    if (claim.proxy_version.empty()) return {};
    if (claim.proxy_source.empty()) return of_nobody(claim.proxy_version);
    peer const from = parse_peer(claim.proxy_source), to = parse_peer(claim.proxy_destination);
    if (from.family != to.family)
        throw error(exit_code::usage, "--proxy-source and --proxy-destination are of two families",
                    "give two IPv4 addresses, or two IPv6 addresses");
    return claim.proxy_version == "v1" ? version_1(from, to) : version_2(from, to);
}

}  // namespace postrider::app
