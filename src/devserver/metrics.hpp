#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <postrider/core/trace.hpp>
#include <string>
#include <string_view>

namespace postrider::devserver {

/// What happened since the start, in numbers alone: no address, no name, no secret. For one thread.
struct metrics {
    std::uint64_t messages_accepted = 0, messages_discarded = 0, messages_refused = 0;
    std::uint64_t octets = 0;  ///< of accepted messages
    std::uint64_t recipients_refused = 0;
    std::uint64_t sessions = 0, sessions_open = 0;
    std::uint64_t pop3_sessions = 0;
    std::uint64_t tls_sessions = 0;
    std::uint64_t logins_accepted = 0, logins_refused = 0;
    std::map<int, std::uint64_t> http_responses;  ///< by status code
    std::uint64_t event_listeners = 0;            ///< pages and programs that hear of events now

    void message(std::uint64_t size, bool discarded) noexcept {
        ++messages_accepted;
        messages_discarded += discarded;
        octets += size;
    }
};

/// Counts one among those that go on, for as long as it stands.
class counted_one {
public:
    explicit counted_one(std::uint64_t& among) noexcept : among_(among) { ++among_; }
    ~counted_one() { --among_; }
    counted_one(counted_one const&) = delete;

private:
    std::uint64_t& among_;
};

/// Counts what is said in one SMTP or LMTP session, and hands it on.
class counting_sink final : public trace_sink {
public:
    counting_sink(metrics& into, trace_sink& next) noexcept : metrics_(into), next_(next) {}

    void line(trace_side side, std::string_view line) override;

private:
    void count_reply(int code);

    metrics& metrics_;
    trace_sink& next_;
    std::string verb_;  // of the command that is not answered yet
};

/// How much is kept, and since when.
struct metrics_surroundings {
    std::uint64_t stored = 0, unread = 0, fault_rules = 0;
    std::chrono::system_clock::time_point started;
};

/// As Prometheus reads it: https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4.
std::string to_text(metrics const&, metrics_surroundings const&);

}  // namespace postrider::devserver
