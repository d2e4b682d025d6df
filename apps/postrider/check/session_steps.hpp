#pragma once
#include <chrono>
#include <functional>
#include <postrider/core/trace.hpp>
#include <string>
#include <vector>

namespace postrider::app {

/// One step of opening a session, and how long it took.
struct session_step {
    std::string name;  ///< "connect", "EHLO", "STARTTLS", "TLS", "AUTH"
    std::chrono::duration<double, std::milli> took{};
    std::string said;  ///< the last line of the server's answer; untrusted
};

/// Listens to a dialogue and cuts it into steps: from each command to the last line of its reply. The handshake is the
/// silence between the reply to STARTTLS and the next command.
class step_clock final : public trace_sink {
public:
    using clock = std::function<std::chrono::steady_clock::time_point()>;

    /// The connection begins now. `also`, if any, gets every line too.
    explicit step_clock(trace_sink* also = nullptr, clock now = std::chrono::steady_clock::now);

    void line(trace_side side, std::string_view line) override;
    std::vector<session_step> const& steps() const noexcept { return steps_; }

private:
    void begin(std::string_view command);

    trace_sink* also_;
    clock now_;
    std::chrono::steady_clock::time_point begun_, heard_;
    std::string name_ = "connect";
    std::vector<session_step> steps_;
};

}  // namespace postrider::app
