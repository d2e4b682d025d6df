#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <postrider/proto/proxy/engine.hpp>
#include <string_view>

// A proxy that says whatever the input holds, in pieces of any size. The engine must come to an end, ask for no more
// than it can use, say nothing after a failure, and give a failure words.

namespace postrider::fuzzing {

inline void drive(proxy::engine& engine, std::string_view octets) {
    io_done last;
    for (std::size_t steps = 0;; ++steps) {
        if (steps > 100'000) std::abort();
        auto const asked = engine.resume(last);
        last = {};
        if (auto* end = std::get_if<finished>(&asked)) {
            if (end->ec && engine.words().empty()) std::abort();
            return;
        }
        if (auto* in = std::get_if<need_bytes>(&asked)) {
            if (in->room.empty()) std::abort();
            if (octets.empty()) {
                last.ec = make_error_code(io_errc::end_of_stream);
                continue;
            }
            auto const wanted = std::size_t{static_cast<unsigned char>(octets.back())} + 1;
            auto const count = std::min({wanted, octets.size(), in->room.size()});
            std::copy_n(octets.begin(), count, in->room.begin());
            octets.remove_prefix(count);
            last.bytes = count;
        }
    }
}

}  // namespace postrider::fuzzing
