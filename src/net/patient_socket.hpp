#pragma once
#include <sys/types.h>

#include <postrider/net/stream.hpp>

#include "inbox.hpp"

namespace postrider::net {

/// A non-blocking socket that belongs to someone else, and goes on listening while it waits to speak.
class patient_socket {
public:
    explicit patient_socket(int socket) noexcept : socket_(socket) {}

    int get() const noexcept { return socket_; }

    /// As recv().
    ssize_t receive(std::span<char> room);

    /// Waits until the socket takes octets, perhaps; what the peer says meanwhile is kept.
    /// errors     io_errc::timed_out, the system's
    error_code wait_until_writable(deadline);

private:
    error_code listen();

    int socket_;
    inbox early_;
    bool ended_ = false;  // the peer says no more: the end is always there to be read
};

}  // namespace postrider::net
