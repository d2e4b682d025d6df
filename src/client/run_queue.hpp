#pragma once
#include <deque>
#include <exception>
#include <memory>
#include <postrider/client/mail_run.hpp>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>

namespace postrider::smtp {

/// A mail_run as the engine wants it: content that is read, and no exceptions.
class run_queue final : public message_queue {
public:
    explicit run_queue(mail_run& run) noexcept : run_(run) {}

    std::optional<outgoing_message> next() override;
    void done(smtp::report const&, std::optional<smtp::failure> const&) override;

    /// Throws what the run threw, if it did.
    void rethrow() const;

private:
    /// What must live while the message is on its way, and what the engine does not know of it.
    struct on_its_way {
        std::unique_ptr<octet_reader> content;
        std::string message_id;
    };

    mail_run& run_;
    std::deque<on_its_way> on_their_way_;
    std::exception_ptr thrown_;
};

}  // namespace postrider::smtp
