#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>

#include <postrider/net/stream.hpp>
#include <postrider/proto/step.hpp>

#include "address_list.hpp"
#include "blocking_stream.hpp"

namespace postrider::net {
namespace {

/// Binds to the first of the source's addresses that is of the socket's kind.
error_code bind_to(descriptor const& socket, endpoint const& source, int family) {
    auto addresses = addresses_of(source);
    if (!addresses) return addresses.error();
    for (auto const& address : *addresses)
        if (address.family() == family)
            return ::bind(socket.get(), address.get(), address.size) == 0 ? error_code() : system_error_code();
    return make_error_code(std::errc::address_family_not_supported);
}

error_code wait_until_connected(descriptor const& socket, deadline when) {
    if (auto ec = wait_until_ready(socket.get(), POLLOUT, when)) return ec;
    int outcome = 0;
    socklen_t size = sizeof outcome;
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &outcome, &size) != 0) return system_error_code();
    return outcome == 0 ? error_code() : system_error_code(outcome);
}

result<descriptor> connect_to(socket_address const& address, connect_options const& options, deadline when) {
    descriptor socket(::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket) return system_error_code();
    if (options.source)
        if (auto ec = bind_to(socket, *options.source, address.family())) return ec;
    int yes = 1;
    if (address.family() != AF_UNIX) ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (::connect(socket.get(), address.get(), address.size) != 0) {
        if (errno != EINPROGRESS) return system_error_code();
        if (auto ec = wait_until_connected(socket, when)) return ec;
    }
    return socket;
}

}  // namespace

result<std::unique_ptr<blocking_stream>> connect(endpoint const& where, connect_options const& options, deadline when,
                                                 std::string& why) {
    auto addresses = addresses_of(where);
    if (!addresses) {
        why = addresses.error().message() + " (" + to_string(where) + ')';
        return addresses.error();
    }
    error_code last;
    for (std::size_t left = addresses->size(); auto const& address : *addresses) {
        // An address that swallows packets must not use up the time of the others.
        auto now = deadline::clock::now();
        auto share = now + (when - now) / static_cast<long>(left--);
        auto socket = connect_to(address, options, share);
        if (socket) return std::unique_ptr<blocking_stream>(std::make_unique<socket_stream>(std::move(*socket)));
        last = socket.error();
        why += (why.empty() ? "" : "; ") + last.message() + " (" + to_string(address) + ')';
    }
    return last;
}

}  // namespace postrider::net
