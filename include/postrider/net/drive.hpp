#pragma once
#include <postrider/net/phase_timeouts.hpp>
#include <postrider/net/read_step.hpp>
#include <postrider/net/stream.hpp>
#include <string>
#include <thread>
#include <variant>

namespace postrider::net {

/// Does what `engine` asks for over `io` until it has finished, and returns its code. Blocks.
/// `timeouts` phase_timeouts, or what tells as they do `until` when a phase may last.
/// `host`     what the certificate must be made out to when the engine starts TLS.
/// An engine that has `io_detail(std::string)` is told, before it resumes, what a failed step says for people, and one
/// that has `channel_bindings(sasl::channel_bindings)` those of the TLS that it started.
template <class Engine, class Timeouts>
error_code drive(Engine& engine, blocking_stream& io, Timeouts const& timeouts, tls_context_ptr const& tls,
                 std::string const& host) {
    for (io_done last;;) {
        step next = engine.resume(last);
        if (auto* out = std::get_if<send_bytes>(&next)) {
            if (out->after.count() > 0) std::this_thread::sleep_for(out->after);
            last = {io.write_all(out->pieces, timeouts.until(out->why))};
        } else if (auto* in = std::get_if<need_bytes>(&next)) {
            last = outcome_of(*in, io.read_some(in->room, end_of(*in, timeouts)));
        } else if (std::holds_alternative<start_tls>(next)) {
            last = {io.start_tls(tls, host, timeouts.until(phase::tls))};
            if constexpr (requires { engine.channel_bindings(io.channel_bindings()); })
                if (!last.ec) engine.channel_bindings(io.channel_bindings());
        } else {
            return std::get<finished>(next).ec;
        }
        if constexpr (requires { engine.io_detail(std::string()); })
            if (last.ec) engine.io_detail(io.last_error_detail());
    }
}

}  // namespace postrider::net
