#include "patient_socket.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <array>

#include "descriptor.hpp"

namespace postrider::net {

ssize_t patient_socket::receive(std::span<char> room) {
    if (!early_.empty()) return static_cast<ssize_t>(early_.hand_out(room));
    return ::recv(socket_, room.data(), room.size(), 0);
}

error_code patient_socket::wait_until_writable(deadline when) {
    bool const listens = !ended_ && early_.has_room();
    if (auto ec = wait_until_ready(socket_, listens ? POLLOUT | POLLIN : POLLOUT, when)) return ec;
    return listens ? listen() : error_code();
}

error_code patient_socket::listen() {
    std::array<char, 4096> room;
    auto const got = ::recv(socket_, room.data(), room.size(), 0);
    if (got < 0 && errno != EAGAIN && errno != EINTR) return system_error_code();
    if (got > 0) early_.add({room.data(), static_cast<std::size_t>(got)});
    ended_ = got == 0;
    return {};
}

}  // namespace postrider::net
