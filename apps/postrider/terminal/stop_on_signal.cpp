#include "stop_on_signal.hpp"

#include <csignal>

namespace postrider::app {
namespace {

/// SIGUSR1 is ours: it ends the wait when nobody else did.
sigset_t our_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (int signal : {SIGINT, SIGTERM, SIGUSR1}) sigaddset(&set, signal);
    return set;
}

}  // namespace

stop_on_signal::stop_on_signal() {
    sigset_t const set = our_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void stop_on_signal::call(std::function<void()> stop) {
    waiting_ = std::thread([stop = std::move(stop)] {
        sigset_t const set = our_signals();
        int signal = 0;
        sigwait(&set, &signal);
        if (signal != SIGUSR1) stop();
    });
}

stop_on_signal::~stop_on_signal() {
    if (!waiting_.joinable()) return;
    pthread_kill(waiting_.native_handle(), SIGUSR1);
    waiting_.join();
}

}  // namespace postrider::app
