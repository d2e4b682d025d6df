#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "client_arguments.hpp"
#include "client_flight.hpp"
#include "client_session.hpp"

/// One message, and what a server says of it. Nothing here waits: the ways to hold the dialogue (one by one, together,
/// in chunks) ask and tell the same transaction.                                                        RFC 5321 §3.3
namespace postrider::smtp::client_side {

class transaction {
public:
    explicit transaction(outgoing_message);

    smtp::envelope const& envelope() const noexcept { return *mail_.envelope; }
    octet_reader& content() const noexcept { return *mail_.content; }
    bool is_binary() const noexcept { return mail_.is_binary; }
    smtp::report const& report() const noexcept { return report_; }
    smtp::report take_report() noexcept { return std::move(report_); }
    /// What ended it, if it is over without a recipient that has the message.
    std::optional<smtp::failure> const& failure() const noexcept { return failure_; }
    bool any_taken() const noexcept { return !taken_.empty(); }

    /// Why it must not be begun at all with this server: bad arguments, or more than the server offers.
    objection why_not(session const&) const;
    /// Begins: decides which recipients are named. Those beyond the server's room stay unsent; one whose address this
    /// server cannot be told is refused, and where there is nobody else, that is the message's end.
    void begin(session const&);
    std::size_t recipients_named() const noexcept { return named_.size(); }

    command_line mail_command(session const&) const;
    command_line rcpt_command(session const&, std::size_t recipient) const;  ///< counted among those that are named
    /// MAIL and RCPT for each that is named.
    std::vector<command_line> opening(session const&) const;

    // The server's words. Each refusal is kept where it belongs; one that ends the message becomes the failure.

    void sender_answered(reply const&);
    /// `last`     nobody else will be named: without a recipient by now there is no use in going on.
    void recipient_answered(std::size_t recipient, reply const&, bool last);
    /// The replies to opening(), as many as there are.
    void opening_answered(std::span<reply const>);
    /// DATA, or a chunk that is not the last, refused: a no to each recipient taken so far.
    void content_refused(smtp::failure);
    /// How many replies the whole message gets: one, or in LMTP one for each recipient that was taken.
    std::size_t verdicts_due(bool lmtp) const noexcept;
    void verdict_given(reply const&, bool lmtp);

    /// The link or the content failed. `whole`: the server may have the whole message, so that those who have had no
    /// answer yet are in doubt.
    void lost(smtp::failure, bool whole);

private:
    void fail(smtp::failure why) { failure_ = std::move(why); }
    std::vector<parameter> mail_parameters(session const&) const;
    bool uses_smtputf8(session const&) const;
    bool insists_on_smtputf8(session const&) const;

    outgoing_message mail_;
    smtp::report report_;
    std::optional<smtp::failure> failure_;
    std::vector<std::size_t> named_;  // places in the envelope
    std::vector<std::size_t> taken_;  // places in the envelope of the recipients that the server took
    std::size_t verdicts_ = 0;
};

}  // namespace postrider::smtp::client_side
