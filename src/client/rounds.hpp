#pragma once
#include <cstddef>
#include <memory>
#include <postrider/client/smtp_error.hpp>
#include <vector>

#include "client_core.hpp"

namespace postrider::smtp {

/// One message in as many transactions as the server's room for recipients asks for: those that it does not take at
/// once, by its LIMITS (RFC 9422) or by 452 (RFC 5321 §4.5.3.1.10), are sent the message in the next.
///     do {
///         ... send current() ...
///     } while (rounds.another(outcome));
class rounds {
public:
    /// `mail`     there is more than one round where it has its wire
    explicit rounds(outgoing mail) : mail_(std::move(mail)) {}

    outgoing& current() noexcept { return mail_; }

    /// Takes what became of current(); whether there is another one.
    bool another(result<report> outcome);

    /// Of the whole message.
    result<report> outcome() && { return std::move(*whole_); }

private:
    void add(result<report> const&);
    std::vector<std::size_t> without_room() const;

    outgoing mail_;
    std::shared_ptr<envelope const> everybody_;  // once there is a second round
    std::vector<std::size_t> places_;        // in the whole report of current()'s recipients; empty in the first round
    std::unique_ptr<result<report>> whole_;  // apart: most of a message's time there is none
};

}  // namespace postrider::smtp
