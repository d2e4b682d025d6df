#pragma once
#include <unistd.h>

#include <cerrno>
#include <postrider/net/stream.hpp>
#include <utility>

namespace postrider::net {

/// Owns a file descriptor.
class descriptor {
public:
    explicit descriptor(int number = -1) noexcept : number_(number) {}
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~descriptor() { close(); }

    int get() const noexcept { return number_; }
    explicit operator bool() const noexcept { return number_ >= 0; }
    int release() noexcept { return std::exchange(number_, -1); }
    void close() noexcept {
        if (number_ >= 0) ::close(std::exchange(number_, -1));
    }

private:
    int number_;
};

inline error_code system_error_code(int number = errno) {
    return {number, std::system_category()};
}

/// Waits until the socket is ready for `events` (POLLIN, POLLOUT), or broken: then the next call on it says how.
/// errors     io_errc::timed_out
error_code wait_until_ready(int socket, short events, deadline);

}  // namespace postrider::net
