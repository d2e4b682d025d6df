#pragma once
#include <cstddef>
#include <postrider/core/limits.hpp>
#include <span>
#include <string>
#include <string_view>

namespace postrider::net {

/// Raw octets that came while our own could not leave: clear text, or records of TLS. A server that reads nothing until
/// its replies are read would else wait for us while we wait for it. They come before what the socket still has.
class inbox {
public:
    bool empty() const noexcept { return octets_.empty(); }
    bool has_room() const noexcept { return octets_.size() < limits::read_ahead_octets; }
    void add(std::string_view octets) { octets_.append(octets); }

    /// How many octets went into `room`, the oldest first.
    std::size_t hand_out(std::span<char> room) {
        auto const count = octets_.copy(room.data(), room.size(), given_);
        given_ += count;
        if (given_ == octets_.size()) *this = inbox();
        return count;
    }

private:
    std::string octets_;
    std::size_t given_ = 0;
};

}  // namespace postrider::net
