#pragma once
#include <functional>
#include <thread>

namespace postrider::app {

/// SIGINT and SIGTERM as a call on a thread of its own, where anything may be done, instead of a handler, where almost
/// nothing may. Must be made before other threads are, since those inherit that the signals are blocked.
class stop_on_signal {
public:
    stop_on_signal();
    ~stop_on_signal();
    stop_on_signal(stop_on_signal const&) = delete;
    stop_on_signal& operator=(stop_on_signal const&) = delete;

    /// From now on. `stop` is called once at most, and not after the destructor.
    void call(std::function<void()> stop);

private:
    std::thread waiting_;
};

}  // namespace postrider::app
