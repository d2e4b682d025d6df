#pragma once
#include <chrono>
#include <postrider/proto/step.hpp>

namespace postrider::net {

/// How long each phase of a session may take: one write of a command or chunk, or one read of a reply's next octets.
struct phase_timeouts {
    std::chrono::milliseconds connect = std::chrono::seconds{60};      ///< lookup and connection; the RFC is silent
    std::chrono::milliseconds tls = std::chrono::seconds{60};          ///< one handshake
    std::chrono::milliseconds greeting = std::chrono::minutes{5};      ///< RFC 5321 §4.5.3.2.1
    std::chrono::milliseconds command = std::chrono::minutes{5};       ///< §4.5.3.2.2-3: MAIL, RCPT, and all others
    std::chrono::milliseconds data = std::chrono::minutes{2};          ///< §4.5.3.2.4: from DATA to 354
    std::chrono::milliseconds content = std::chrono::minutes{3};       ///< §4.5.3.2.5: one chunk of the message
    std::chrono::milliseconds end_of_data = std::chrono::minutes{10};  ///< §4.5.3.2.6: the peer may be delivering
    std::chrono::milliseconds quit = std::chrono::seconds{10};         ///< politeness must not hold anyone up

    phase_timeouts() {}

    /// The same figure for every phase.
    static phase_timeouts all(std::chrono::milliseconds);

    std::chrono::milliseconds of(phase) const noexcept;

    /// The moment by which `phase` must end when it begins now; a figure beyond a century counts as one.
    std::chrono::steady_clock::time_point until(phase) const noexcept;
};

}  // namespace postrider::net
