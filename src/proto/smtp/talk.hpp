#pragma once
#include <coroutine>
#include <optional>
#include <postrider/proto/smtp/failure.hpp>
#include <utility>

namespace postrider::smtp::client_side {

/// A part of a dialogue: a state machine whose states the compiler writes. It ends with a value or the failure that
/// ended it, and contains smaller ones by awaiting them, so that the protocol reads in the order in which it is spoken.
///     talk<> quit(session& s) {
///         auto said = co_await ask(s, "QUIT", phase::quit);
///         if (!said) co_return said.error();
///         ...
/// It starts when it is awaited, or, the outermost, by `start`. It never blocks: what it waits for is a step that the
/// engine hands to its driver. Destroying it at any point ends it.
///
/// g++ 12 destroys twice an aggregate or a lambda that is a temporary in a full expression with co_await: name it
/// first.
template <class T = void>
class [[nodiscard]] talk {
public:
    struct promise_type {
        std::optional<result<T, failure>> outcome;
        std::coroutine_handle<> whole = std::noop_coroutine();  ///< what awaits this part

        talk get_return_object() { return talk(handle::from_promise(*this)); }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        auto final_suspend() const noexcept { return back_to_the_whole(); }
        void return_value(result<T, failure> r) { outcome.emplace(std::move(r)); }
        void unhandled_exception() { throw; }  // only exhausted resources throw: let the driver's caller see it
    };

    talk(talk&& other) noexcept : part_(std::exchange(other.part_, {})) {}
    talk& operator=(talk&& other) noexcept {
        std::swap(part_, other.part_);
        return *this;
    }
    ~talk() {
        if (part_) part_.destroy();
    }

    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> whole) noexcept {
        part_.promise().whole = whole;
        return part_;
    }
    result<T, failure> await_resume() { return outcome(); }

    std::coroutine_handle<> start() const noexcept { return part_; }
    bool done() const noexcept { return part_.done(); }
    result<T, failure> outcome() { return std::move(*part_.promise().outcome); }

private:
    using handle = std::coroutine_handle<promise_type>;

    struct back_to_the_whole {
        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<> await_suspend(handle part) const noexcept { return part.promise().whole; }
        void await_resume() const noexcept {}
    };

    explicit talk(handle part) noexcept : part_(part) {}

    handle part_;
};

}  // namespace postrider::smtp::client_side
