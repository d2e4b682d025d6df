#pragma once
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <postrider/proto/smtp/failure.hpp>
#include <string>
#include <vector>

namespace postrider::smtp {

enum class outcome {
    unsent,    ///< never asked, or the message never reached its end: a repeat is safe
    accepted,  ///< the server answers for it
    refused,   ///< the server said no; see `said`
    in_doubt,  ///< the link ended between the final dot and its reply: a repeat may double it
};

/// What became of one forward-path.
struct recipient_report {
    std::string address;
    outcome what = outcome::unsent;
    phase where = phase::rcpt_to;  ///< rcpt_to, or end_of_data
    std::optional<reply> said{};   ///< for accepted ones the reply to the message (LMTP: theirs)

    bool is_transient() const noexcept { return said && said->is_transient(); }
};

/// "b@example.net: 550 5.1.1 no such user (rcpt_to)", the server's words escaped.
std::string to_string(recipient_report const&);
std::ostream& operator<<(std::ostream&, recipient_report const&);

/// What became of one message: an outcome for each forward-path, in the envelope's order.
struct report {
    std::string message_id;  ///< with angle brackets; empty when the caller sent octets
    std::uint64_t size = 0;  ///< octets with CRLF, before dot-stuffing
    std::vector<recipient_report> recipients;

    std::vector<recipient_report> accepted() const;
    std::vector<recipient_report> refused() const;
    std::vector<recipient_report> unsent() const;
    bool in_doubt() const noexcept;
    bool all_accepted() const noexcept;
};

}  // namespace postrider::smtp
