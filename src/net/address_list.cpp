#include "address_list.hpp"

#include <netdb.h>

#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <memory>
#include <optional>
#include <postrider/net/error.hpp>

namespace postrider::net {
namespace {

struct freeaddrinfo_deleter {
    void operator()(addrinfo* list) const noexcept { ::freeaddrinfo(list); }
};

result<std::vector<socket_address>> unix_address(std::string const& path) {
    socket_address address;
    auto& raw = reinterpret_cast<sockaddr_un&>(address.storage);
    if (path.size() >= sizeof raw.sun_path) return make_error_code(std::errc::filename_too_long);
    raw.sun_family = AF_UNIX;
    std::memcpy(raw.sun_path, path.c_str(), path.size() + 1);
    address.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + 1);
    return std::vector{address};
}

/// What getaddrinfo's own codes mean.
error_code lookup_error(int eai) noexcept {
    if (eai == EAI_SYSTEM) return {errno, std::system_category()};
    bool unknown = eai == EAI_NONAME || eai == EAI_NODATA || eai == EAI_ADDRFAMILY;
    return unknown ? errc::host_unknown : errc::lookup_failed;
}

using addrinfo_list = std::unique_ptr<addrinfo, freeaddrinfo_deleter>;

int get(endpoint const& where, int flags, addrinfo_list& into) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV | flags;
    addrinfo* found = nullptr;
    int const eai = ::getaddrinfo(where.host.c_str(), std::to_string(where.port).c_str(), &hints, &found);
    into.reset(found);
    return eai;
}

std::optional<endpoint> numeric(socket_address const& address) {
    char host[NI_MAXHOST], port[NI_MAXSERV];
    bool const is_ip = address.family() == AF_INET || address.family() == AF_INET6;
    if (!is_ip || ::getnameinfo(address.get(), address.size, host, sizeof host, port, sizeof port,
                                NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return std::nullopt;
    endpoint where;
    where.host = host;
    std::from_chars(port, port + std::strlen(port), where.port);
    return where;
}

}  // namespace

bool needs_lookup(endpoint const& where) {
    addrinfo_list ignored;
    return !where.is_unix() && get(where, AI_NUMERICHOST, ignored) == EAI_NONAME;
}

result<std::vector<socket_address>> addresses_of(endpoint const& where) {
    if (where.is_unix()) return unix_address(where.unix_path);
    addrinfo_list list;
    if (int const eai = get(where, 0, list)) return lookup_error(eai);
    std::vector<socket_address> addresses;
    for (auto* one = list.get(); one; one = one->ai_next) {
        auto& address = addresses.emplace_back();
        std::memcpy(&address.storage, one->ai_addr, one->ai_addrlen);
        address.size = one->ai_addrlen;
    }
    return addresses;
}

std::string to_string(socket_address const& address) {
    if (address.family() == AF_UNIX) return reinterpret_cast<sockaddr_un const&>(address.storage).sun_path;
    auto const where = numeric(address);
    return where ? to_string(*where) : "?";
}

namespace {

endpoint endpoint_told_by(int (*ask)(int, sockaddr*, socklen_t*), int socket) {
    socket_address address;
    address.size = sizeof address.storage;
    if (ask(socket, reinterpret_cast<sockaddr*>(&address.storage), &address.size) != 0) return {};
    return numeric(address).value_or(endpoint());
}

}  // namespace

endpoint local_endpoint_of(int socket) {
    return endpoint_told_by(::getsockname, socket);
}

endpoint peer_endpoint_of(int socket) {
    return endpoint_told_by(::getpeername, socket);
}

}  // namespace postrider::net
