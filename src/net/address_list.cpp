#include "address_list.hpp"

#include <netdb.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <memory>
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

}  // namespace

error_code lookup_error(int eai) noexcept {
    if (eai == EAI_SYSTEM) return {errno, std::system_category()};
    bool unknown = eai == EAI_NONAME || eai == EAI_NODATA || eai == EAI_ADDRFAMILY;
    return unknown ? errc::host_unknown : errc::lookup_failed;
}

result<std::vector<socket_address>> addresses_of(endpoint const& where) {
    if (where.is_unix()) return unix_address(where.unix_path);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    addrinfo* found = nullptr;
    int eai = ::getaddrinfo(where.host.c_str(), std::to_string(where.port).c_str(), &hints, &found);
    if (eai != 0) return lookup_error(eai);
    std::unique_ptr<addrinfo, freeaddrinfo_deleter> list(found);
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
    char host[NI_MAXHOST], port[NI_MAXSERV];
    if (::getnameinfo(address.get(), address.size, host, sizeof host, port, sizeof port,
                      NI_NUMERICHOST | NI_NUMERICSERV))
        return "?";
    return address.family() == AF_INET6 ? '[' + std::string(host) + "]:" + port : std::string(host) + ':' + port;
}

}  // namespace postrider::net
