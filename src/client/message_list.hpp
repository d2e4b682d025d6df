#pragma once
#include <cstddef>
#include <postrider/client/mail_run.hpp>
#include <postrider/client/smtp_error.hpp>
#include <postrider/mime/message.hpp>
#include <vector>

#include "client_core.hpp"

namespace postrider::smtp {

/// Messages as values, and the outcome of each.
class message_list final : public mail_run {
public:
    message_list(client_core const& core, std::vector<mime::message> const& messages) noexcept
        : core_(core), messages_(messages) {}

    std::optional<addressed_wire> next() override;
    bool next_is_at_hand() const noexcept override { return true; }
    void done(smtp::report const&, std::optional<smtp::failure> const&) override;

    /// An outcome for each message, in their order. `why`: what ended the session, if something did.
    std::vector<result<report>> outcomes(result<void> const& why) &&;

private:
    client_core const& core_;
    std::vector<mime::message> const& messages_;
    std::size_t next_ = 0;
    std::vector<std::optional<result<report>>> outcomes_;
    std::vector<std::size_t> on_their_way_;
    std::size_t told_ = 0;
};

}  // namespace postrider::smtp
