#include "descriptor.hpp"

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <limits>

namespace postrider::net {

error_code wait_until_ready(int socket, short events, deadline when) {
    for (;;) {
        auto left = std::chrono::ceil<std::chrono::milliseconds>(when - deadline::clock::now()).count();
        auto bounded = std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max());
        pollfd waiting{socket, events, 0};
        int ready = ::poll(&waiting, 1, static_cast<int>(bounded));
        if (ready > 0) return {};
        if (ready == 0 && left <= std::numeric_limits<int>::max()) return io_errc::timed_out;
        if (ready < 0 && errno != EINTR) return system_error_code();
    }
}

}  // namespace postrider::net
