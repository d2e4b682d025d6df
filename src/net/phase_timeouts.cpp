#include <algorithm>
#include <postrider/net/phase_timeouts.hpp>

namespace postrider::net {

phase_timeouts phase_timeouts::all(std::chrono::milliseconds figure) {
    phase_timeouts timeouts;
    for (auto* one : {&timeouts.connect, &timeouts.tls, &timeouts.greeting, &timeouts.command, &timeouts.data,
                      &timeouts.content, &timeouts.end_of_data, &timeouts.quit})
        *one = figure;
    return timeouts;
}

std::chrono::milliseconds phase_timeouts::of(phase which) const noexcept {
    switch (which) {
        case phase::resolve:
        case phase::connect: return connect;
        case phase::tls: return tls;
        case phase::greeting: return greeting;
        case phase::data: return data;
        case phase::content: return content;
        case phase::end_of_data: return end_of_data;
        case phase::quit: return quit;
        case phase::hello:
        case phase::starttls:
        case phase::auth:
        case phase::mail_from:
        case phase::rcpt_to:
        case phase::rset:
        case phase::command: return command;
    }
    return command;
}

std::chrono::steady_clock::time_point phase_timeouts::until(phase which) const noexcept {
    // Nanoseconds since the start overflow after some 292 years.
    constexpr std::chrono::milliseconds century = std::chrono::hours(24) * 36525;
    return std::chrono::steady_clock::now() + std::min(of(which), century);
}

}  // namespace postrider::net
