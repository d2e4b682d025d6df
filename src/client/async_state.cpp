#include "async_state.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <postrider/net/async_drive.hpp>
#include <variant>

#include "io_failure.hpp"
#include "rounds.hpp"

namespace asio = boost::asio;

/// How a verb is driven, begun again, cancelled and ended.
namespace postrider::smtp {

namespace {

/// Closes what a coroutine leaves half done: an exception (Asio throws when a cancelled coroutine awaits again) ends a
/// verb in the middle of a command.
template <class State>
class close_unless_done {
public:
    explicit close_unless_done(State& guarded) noexcept : guarded_(&guarded) {}
    ~close_unless_done() {
        if (guarded_) guarded_->close();
    }
    close_unless_done(close_unless_done const&) = delete;
    void done() noexcept { guarded_ = nullptr; }

private:
    State* guarded_;
};

/// While it lasts, cancel() has something to end.
template <class State>
class talking {
public:
    explicit talking(State& of) noexcept : of_(of) {
        of_.is_talking = true;
        of_.stop_asked = false;
    }
    ~talking() { of_.is_talking = false; }
    talking(talking const&) = delete;

private:
    State& of_;
};

}  // namespace

/// What ends the connecting that goes on: there is no stream yet that could be told to stop. A caller's cancellation is
/// passed on; `cancel` finds it in the client.
class async_client::state::connecting_stop {
public:
    connecting_stop(state& of, asio::cancellation_slot by_caller) : state_(of), by_caller_(by_caller) {
        state_.connecting = this;
        if (by_caller_.is_connected()) by_caller_.assign([this](asio::cancellation_type) { give_up(); });
    }
    ~connecting_stop() {
        by_caller_.clear();
        state_.connecting = nullptr;
    }
    connecting_stop(connecting_stop const&) = delete;

    void give_up() {
        is_given_up_ = true;
        signal_.emit(asio::cancellation_type::terminal);
    }
    bool is_given_up() const noexcept { return is_given_up_; }
    asio::cancellation_slot slot() noexcept { return signal_.slot(); }

private:
    state& state_;
    asio::cancellation_slot by_caller_;
    asio::cancellation_signal signal_;
    bool is_given_up_ = false;
};

asio::awaitable<error_code> async_client::state::connect(std::string& words) {
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    connecting_stop stop(*this, cancellation.slot());
    asio::any_io_executor const here = co_await asio::this_coro::executor;
    auto token = asio::bind_cancellation_slot(stop.slot(), asio::use_awaitable);
    auto dialled = asio::co_spawn(here, dial(words), token);
    error_code ec = co_await std::move(dialled);
    if (!stop.is_given_up()) co_return ec;
    close();  // it may be connected by now, and nobody has heard of that
    co_return make_error_code(io_errc::cancelled);
}

asio::awaitable<error_code> async_client::state::dial(std::string& words) {
    auto options = core.connect_options();
    auto when = core.timeouts().until(phase::connect);
    auto connected = co_await net::async_connect(core.server()->where, options, when, words);
    if (!connected) co_return connected.error();
    stream = *std::move(connected);
    core.connected(stream->local_endpoint());
    co_return error_code();
}

/// Its engine, which is told of a cancel() that came while no step waited for the link, once it has a next one.
template <class Engine>
class stoppable {
public:
    stoppable(Engine& engine, bool const& stop_asked) noexcept : engine_(engine), stop_asked_(stop_asked) {}

    step resume(io_done last) {
        auto next = engine_.resume(last);
        while (stop_asked_ && !std::holds_alternative<finished>(next))
            next = engine_.resume({make_error_code(io_errc::cancelled)});
        return next;
    }
    void io_detail(std::string words) {
        if constexpr (requires { engine_.io_detail(std::string()); }) engine_.io_detail(std::move(words));
    }
    void channel_bindings(sasl::channel_bindings bindings) {
        if constexpr (requires { engine_.channel_bindings(bindings); }) engine_.channel_bindings(std::move(bindings));
    }

private:
    Engine& engine_;
    bool const& stop_asked_;
};

// Without a stream the engine is out of step and says so before it asks for any I/O.
template <class Engine>
asio::awaitable<error_code> async_client::state::run(Engine& engine) {
    if (!stream) co_return std::get<finished>(engine.resume({})).ec;
    std::string const& host = core.server()->where.host;
    stoppable<Engine> heeding(engine, stop_asked);
    co_return co_await net::drive(heeding, *stream, core.timeouts(), core.tls(), host);
}

/// Tells an engine in the midst of a step that it was cancelled there.
template <class Engine>
error_code interrupt(Engine& engine) {
    for (;;) {
        auto const next = engine.resume({make_error_code(io_errc::cancelled)});
        if (auto const* end = std::get_if<finished>(&next)) return end->ec;
    }
}

// What is no longer usable afterwards is closed. A cancellation that comes between two steps is thrown by Asio: it ends
// the verb as one within a step does, with a word on what is in doubt.
template <class Engine>
asio::awaitable<error_code> async_client::state::drive(Engine& engine) {
    close_unless_done guard(*this);
    talking now(*this);
    error_code ec;
    bool is_interrupted = false;
    try {
        ec = co_await run(engine);
    } catch (boost::system::system_error const& thrown) {
        if (thrown.code() != asio::error::operation_aborted) throw;
        is_interrupted = true;
    }
    if (is_interrupted) ec = interrupt(engine);
    if (core.engine().usable())
        guard.done();
    else if (stream)
        last_peer = stream->tls_peer();
    co_return ec;
}

asio::awaitable<result<reply>> async_client::state::converse() {
    error_code ec = co_await drive(core.engine());
    co_return core.outcome(ec);
}

namespace {

/// A caller who gives up while a step completes is heard between two operations: Asio would throw at the next await,
/// and the report would be lost.
template <class State>
bool is_given_up(State const& state, asio::cancellation_state const& caller) {
    return state.stop_asked || caller.cancelled() != asio::cancellation_type::none;
}

failed given_up() {
    return failed{failure_of_io(make_error_code(io_errc::cancelled), phase::mail_from, "the caller gave up"), {}, {}};
}

}  // namespace

asio::awaitable<result<report>> async_client::state::send(outgoing mail) {
    auto const caller = co_await asio::this_coro::cancellation_state;
    rounds all(std::move(mail));
    for (bool more = true; more;) {
        auto outcome = co_await send_round(all.current());
        more = all.another(std::move(outcome));
        if (!more || !is_given_up(*this, caller)) continue;
        close();
        more = all.another(given_up());
    }
    co_return std::move(all).outcome();
}

/// Once more, over a new session, where the server seems to get an extension wrong.
asio::awaitable<result<report>> async_client::state::send_round(outgoing& mail) {
    auto first = co_await send_once(mail);
    if (first) core.trust();
    if (first || !core.distrusts(first.error().failure) || !rewind(mail)) co_return first;
    auto const caller = co_await asio::this_coro::cancellation_state;
    if (is_given_up(*this, caller)) co_return first;
    bool const is_open = co_await reopen();
    if (!is_open) co_return first;
    if (is_given_up(*this, caller)) {
        close();
        co_return first;
    }
    auto second = co_await send_once(mail);
    co_return second;
}

asio::awaitable<result<report>> async_client::state::send_once(outgoing& mail) {
    core.begin_send(mail);
    error_code ec = co_await drive(core.engine());
    co_return core.outcome(ec, mail);
}

asio::awaitable<result<void>> async_client::state::send_all(run_queue& queue) {
    auto const caller = co_await asio::this_coro::cancellation_state;
    for (;;) {
        core.begin_send_all(queue);
        error_code ec = co_await drive(core.engine());
        auto ended = core.success(ec);
        if (!queue.goes_on(ended.has_value())) co_return ended;
        bool is_open = !queue.starts_over() && core.engine().usable();
        if (!is_open && !is_given_up(*this, caller)) is_open = co_await reopen();
        if (is_given_up(*this, caller)) {
            close();
            co_return given_up();
        }
        if (!is_open) co_return ended;
    }
}

asio::awaitable<result<reply>> async_client::state::open(opening_plan plan) {
    std::string words;
    error_code ec = co_await connect(words);
    if (ec) co_return failed{failure_of_io(ec, phase::connect, std::move(words)), {}, {}};
    session_opening opening(core.engine(), std::move(plan));
    ec = co_await drive(opening);
    if (!ec) co_return core.engine().last_reply();
    if (stream) last_peer = stream->tls_peer();
    close();
    co_return failed{opening.failure(), {}, {}};
}

asio::awaitable<bool> async_client::state::reopen() {
    close();
    auto plan = core.start_over();
    auto opened = co_await open(std::move(plan));
    co_return opened.has_value();
}

asio::awaitable<result<reply>> async_client::state::quit() {
    close_unless_done at_last(*this);
    core.engine().begin_quit();
    error_code ec = co_await run(core.engine());
    auto outcome = core.outcome(ec);
    // The server is told that nothing is missing: an end without it looks like a cut.                  RFC 8446 §6.1
    if (stream) co_await stream->shut_down(core.timeouts().until(phase::quit));
    co_return outcome;
}

void async_client::state::cancel() noexcept {
    if (connecting) return connecting->give_up();
    stop_asked = is_talking;
    if (stream) stream->cancel();
}

}  // namespace postrider::smtp
