#include <array>
#include <postrider/proto/smtp/server_engine.hpp>
#include <utility>

#include "server_faults.hpp"
#include "server_session.hpp"

namespace postrider::smtp {

using server_side::reading;
using server_side::session;

/// The session, and what the driver was last asked to do for it.
struct server_engine::state : session {
    using session::session;

    enum class asked { nothing, write, write_slowly, read, handshake } last = asked::nothing;
    bool greeted = false;
    std::optional<std::string> shutting_down;
    std::array<std::string_view, 1> pieces;

    void greet();
    bool take_outcome(io_done);
    /// Nothing is taken from the client before it has been told what it is to wait for.
    bool may_work() const noexcept { return !over && !tls_due && slow.empty(); }
    bool work();
    phase phase_of_reading() const noexcept;
    step ask();
};

void server_engine::state::greet() {
    turned_away = !spared(*this, fault_stage::greeting);
    if (!turned_away) say(greeting_of(*this));
}

/// Takes what came of the last step.
/// returns    whether the session goes on.
bool server_engine::state::take_outcome(io_done done) {
    auto const did = std::exchange(last, asked::nothing);
    if (did == asked::write) output.clear();
    if (did == asked::write_slowly) slow.written();
    if (done.ec || shutting_down) slow.clear();
    if (over) return false;
    if (shutting_down && (!done.ec || did == asked::read)) {
        end(421, {4, 3, 2}, options.hostname + ' ' + *shutting_down);
    } else if (done.ec == io_errc::timed_out && did == asked::read) {
        end(421, {4, 4, 2}, options.hostname + " you were silent too long", done.ec);
    } else if (done.ec) {
        abort_transaction();
        over = done.ec;
    } else if (did == asked::read) {
        input.filled(done.bytes);
    } else if (did == asked::handshake) {
        tls_due = false;
        secure = true;
        forget_client();
    }
    return !over;
}

bool server_engine::state::work() {
    switch (next) {
        case reading::command: return read_command(*this);
        case reading::auth_response: return read_auth_response(*this);
        case reading::data: return read_data(*this);
        case reading::chunk: return read_chunk(*this);
    }
    return false;
}

phase server_engine::state::phase_of_reading() const noexcept {
    switch (next) {
        case reading::command: return phase::command;
        case reading::auth_response: return phase::auth;
        case reading::data:
        case reading::chunk: return phase::content;
    }
    return phase::command;
}

step server_engine::state::ask() {
    if (!output.empty()) {
        last = asked::write;
        pieces = {output};
        return send_bytes{pieces, now, std::exchange(delay, {})};
    }
    if (!slow.empty()) {
        auto const part = slow.next();
        last = asked::write_slowly;
        pieces = {part.octets};
        return send_bytes{pieces, now, part.after};
    }
    if (over) return finished{*over};
    if (tls_due) {
        last = asked::handshake;
        return start_tls{};
    }
    last = asked::read;
    now = phase_of_reading();
    auto const expected =
        now == phase::content ? server_side::input_buffer::kind::content : server_side::input_buffer::kind::line;
    return need_bytes{input.room(expected), now};
}

server_engine::server_engine(options o, server_handler& handler)
    : state_(std::make_unique<state>(std::move(o), handler)) {}
server_engine::~server_engine() {
    if (state_) state_->abort_transaction();
}
server_engine::server_engine(server_engine&&) noexcept = default;

step server_engine::resume(io_done last) {
    auto& s = *state_;
    if (!std::exchange(s.greeted, true) && !s.shutting_down) s.greet();
    for (bool goes_on = s.take_outcome(last); goes_on && s.may_work();) goes_on = s.work();
    return s.ask();
}

void server_engine::stream_is_secure() noexcept {
    state_->secure = true;
}

void server_engine::channel_bindings(sasl::channel_bindings bindings) noexcept {
    state_->bindings = std::move(bindings);
}

void server_engine::shut_down(std::string why) {
    state_->shutting_down = std::move(why);
}

std::string const& server_engine::client_name() const noexcept {
    return state_->client_name;
}
std::string const& server_engine::user() const noexcept {
    return state_->user;
}
bool server_engine::secure() const noexcept {
    return state_->secure;
}
bool server_engine::esmtp() const noexcept {
    return state_->esmtp;
}
bool server_engine::in_transaction() const noexcept {
    return state_->in_transaction;
}
phase server_engine::current_phase() const noexcept {
    return state_->now;
}

}  // namespace postrider::smtp
