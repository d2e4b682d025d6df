#include "open_socket.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <algorithm>

namespace postrider::net {
namespace {

error_code bind_to(descriptor const& socket, int family, std::vector<socket_address> const& sources) {
    auto const source =
        std::find_if(sources.begin(), sources.end(), [&](auto const& s) { return s.family() == family; });
    if (source == sources.end()) return make_error_code(std::errc::address_family_not_supported);
    // A port of one's own choice is used for one connection after the other.
    int const yes = 1;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    return ::bind(socket.get(), source->get(), source->size) == 0 ? error_code() : system_error_code();
}

}  // namespace

std::vector<socket_address> any_source(std::uint16_t port) {
    std::vector<socket_address> all;
    for (auto const* host : {"0.0.0.0", "::"})
        if (auto one = addresses_of({host, port, {}})) all.insert(all.end(), one->begin(), one->end());
    return all;
}

result<descriptor> open_socket(socket_address const& to, source_list const& sources) {
    descriptor socket(::socket(to.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket) return system_error_code();
    if (to.family() == AF_UNIX) return socket;
    int const yes = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (sources)
        if (auto ec = bind_to(socket, to.family(), *sources)) return ec;
    return socket;
}

}  // namespace postrider::net
