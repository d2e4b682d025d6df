#include <postrider/core/error.hpp>
#include <postrider/proto/pop3/server_engine.hpp>
#include <utility>

#include "server_session.hpp"

namespace postrider::pop3 {

/// The session, and what the driver was last asked to do for it.
struct server_engine::state : server_side::session {
    using session::session;

    enum class asked { nothing, write, read, handshake } last = asked::nothing;
    bool greeted = false;
    std::string writing;
    std::vector<std::string_view> pieces;

    void take_outcome(io_done);
    bool has_room() const noexcept;
    void work();
    bool has_something_to_write();
    step ask();
};

void server_engine::state::take_outcome(io_done done) {
    auto const did = std::exchange(last, asked::nothing);
    if (done.ec) {
        over = done.ec;
        output.clear();
        content = {};
    } else if (did == asked::read) {
        input.filled(done.bytes);
    } else if (did == asked::handshake) {
        tls_due = false;
        secure = true;
    }
}

/// A message stands last among what waits to be written, and TLS begins behind its answer.
bool server_engine::state::has_room() const noexcept {
    return !over && !tls_due && content.empty() && delay.count() == 0 && output.size() < limits::flight_octets;
}

void server_engine::state::work() {
    if (!std::exchange(greeted, true))
        ok(options.banner + " POP3" + (options.apop_seed.empty() ? "" : ' ' + apop_timestamp()));
    while (has_room() && server_side::read_line(*this)) {
    }
}

bool server_engine::state::has_something_to_write() {
    writing = std::exchange(output, {});
    pieces.clear();
    if (!writing.empty()) pieces.push_back(writing);
    content.next(pieces);
    return !pieces.empty();
}

step server_engine::state::ask() {
    if (has_something_to_write()) {
        last = asked::write;
        return send_bytes{pieces, content.empty() ? phase::command : phase::content,
                          std::exchange(delay, std::chrono::milliseconds(0))};
    }
    if (over) return finished{*over};
    if (tls_due) {
        // What was said in clear behind STLS must not be taken for something said under TLS.        RFC 2595 §4
        if (!input.empty()) return finished{make_error_code(io_errc::tls_failed)};
        last = asked::handshake;
        return start_tls{};
    }
    last = asked::read;
    return need_bytes{input.room(), exchange ? phase::auth : phase::command};
}

server_engine::server_engine(options asked, server_handler& handler)
    : state_(std::make_unique<state>(std::move(asked), handler)) {}
server_engine::~server_engine() = default;
server_engine::server_engine(server_engine&&) noexcept = default;

step server_engine::resume(io_done last) {
    state_->take_outcome(last);
    if (!state_->over) state_->work();
    return state_->ask();
}

void server_engine::stream_is_secure() noexcept {
    state_->secure = true;
}

}  // namespace postrider::pop3
