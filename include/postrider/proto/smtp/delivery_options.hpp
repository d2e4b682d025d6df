#pragma once
#include <chrono>
#include <optional>
#include <postrider/proto/smtp/envelope.hpp>
#include <string>

namespace postrider::smtp {

/// What a sender may ask of servers beyond delivery. Each wish becomes parameters of MAIL or RCPT. A server that does
/// not offer what is wished for gets nothing of the message: errc::not_supported says which extension is missing.
struct delivery_options {
    // Delivery status notifications                                                                       RFC 3461

    /// When to send one; nothing of it: what servers do by themselves, which is on failure.
    struct notification {
        bool on_success = false, on_failure = false, on_delay = false;
        bool never = false;  ///< counts alone
        friend bool operator==(notification const&, notification const&) = default;
    };
    notification notify{};
    enum class returned { unsaid, headers, full } return_content = returned::unsaid;  ///< of the message, in it
    std::string envelope_id{};  ///< comes back in it; printable ASCII and UTF-8, encoded on the way

    /// Deliver within this time or return the message; with `tell_only`, or tell the sender that it is late. RFC 2852
    std::optional<std::chrono::seconds> deliver_by{};
    bool tell_only = false;

    std::optional<std::chrono::seconds> hold_for{};  ///< keep it that long before delivery           RFC 4865
    std::optional<int> priority{};                   ///< -9 to 9, 0 being usual                        RFC 6710
    bool require_tls = false;                        ///< on every hop, or return the message           RFC 8689
};

/// Writes the parameters into the envelope; those of the same keyword that stand there are replaced. With a
/// notification wish each forward-path gets an ORCPT as well, unless it has one.
void ask_for(delivery_options const&, envelope&);

}  // namespace postrider::smtp
