#include "lookup.hpp"

#include <fcntl.h>
#include <pthread.h>

#include <csignal>
#include <exception>
#include <postrider/net/error.hpp>
#include <system_error>
#include <thread>
#include <utility>

namespace postrider::net {
namespace {

using address_list = std::vector<socket_address>;

result<address_list> ask_caller(endpoint const& where, name_lookup const& by) {
    auto const texts = by(where.host);
    if (!texts) return texts.error();
    address_list all;
    for (auto const& text : *texts) {
        endpoint const one{text, where.port, {}};
        if (needs_lookup(one)) return make_error_code(errc::lookup_failed);
        if (auto parsed = addresses_of(one)) all.insert(all.end(), parsed->begin(), parsed->end());
    }
    if (all.empty()) return make_error_code(errc::host_unknown);
    return all;
}

/// Nothing leaves a thread that nobody joins.
result<address_list> look_up(endpoint const& where, name_lookup const& by) noexcept {
    try {
        return by ? ask_caller(where, by) : addresses_of(where);
    } catch (std::exception const&) {
        return make_error_code(errc::lookup_failed);
    }
}

/// Keeps signals away from threads that are begun meanwhile: they belong to the program's own.
class signals_held {
public:
    signals_held() noexcept {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &former_);
    }
    ~signals_held() { ::pthread_sigmask(SIG_SETMASK, &former_, nullptr); }
    signals_held(signals_held const&) = delete;

private:
    sigset_t former_;
};

}  // namespace

lookup::lookup(endpoint const& where, name_lookup by) {
    std::promise<result<address_list>> answer;
    answer_ = answer.get_future();
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        answer.set_value(system_error_code());
        return;
    }
    ready_ = descriptor(ends[0]);
    // The thread's end of the pipe closes behind the answer, and that makes ours readable.
    auto ask = [where, by = std::move(by), told = descriptor(ends[1]), answer = std::move(answer)]() mutable {
        answer.set_value(look_up(where, by));
    };
    signals_held while_the_thread_begins;
    try {
        std::thread(std::move(ask)).detach();
    } catch (std::system_error const& no_thread) {
        std::promise<result<address_list>> refusal;
        refusal.set_value(no_thread.code());
        answer_ = refusal.get_future();
    }
}

}  // namespace postrider::net
