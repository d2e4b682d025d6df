#pragma once
#include <algorithm>
#include <cstddef>
#include <postrider/proto/proxy/engine.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postrider::test {

/// A proxy's engine against a proxy that says `answers`: one after each time that it was spoken to, at most
/// `piece_octets` at a time.
struct exchange {
    exchange(proxy::engine& engine, std::vector<std::string> answers, std::size_t piece_octets = 1 << 20) {
        std::string pending;
        std::size_t next = 0;
        for (io_done last;;) {
            step const wanted = engine.resume(std::exchange(last, {}));
            if (auto* end = std::get_if<finished>(&wanted)) {
                outcome = end->ec;
                break;
            }
            if (auto* out = std::get_if<send_bytes>(&wanted)) {
                said.emplace_back();
                for (auto piece : out->pieces) said.back() += piece;
                if (next < answers.size()) pending += answers[next++];
                continue;
            }
            auto const& in = std::get<need_bytes>(wanted);
            auto const count = std::min({piece_octets, pending.size(), in.room.size()});
            if (count == 0) {
                last.ec = make_error_code(io_errc::end_of_stream);
                continue;
            }
            std::copy_n(pending.begin(), count, in.room.begin());
            pending.erase(0, count);
            last.bytes = count;
        }
        left_over = pending;
        words = engine.words();
    }

    std::vector<std::string> said;
    error_code outcome;
    std::string left_over;  ///< what the engine has not read: the target's
    std::string words;
};

/// Octets with NUL in them.
template <std::size_t Size>
std::string octets(char const (&text)[Size]) {
    return {text, Size - 1};
}

}  // namespace postrider::test
