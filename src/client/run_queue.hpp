#pragma once
#include <deque>
#include <exception>
#include <postrider/client/mail_run.hpp>
#include <postrider/proto/smtp/client_engine.hpp>

#include "outgoing.hpp"

namespace postrider::smtp {

/// A mail_run as the engine wants it: content that is read, and no exceptions.
class run_queue final : public message_queue {
public:
    /// `from`     whose randomness and clock a message has that takes another form for the server
    run_queue(mail_run& run, host const& from) noexcept : run_(run), host_(from) {}

    std::optional<outgoing_message> next() override;
    bool next_is_at_hand() const noexcept override { return !thrown_ && run_.next_is_at_hand(); }
    void done(smtp::report const&, std::optional<smtp::failure> const&) override;

    /// Throws what the run threw, if it did.
    void rethrow() const;

private:
    mail_run& run_;
    host const& host_;
    std::deque<outgoing> on_their_way_;  // they stay where they are, whoever comes or goes
    std::exception_ptr thrown_;
};

}  // namespace postrider::smtp
