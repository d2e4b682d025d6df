#pragma once
#include <postrider/proto/smtp/server_engine.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "server_dialogue.hpp"

namespace transcripts {

/// Answers a server engine as the transcript has it, keeps what it takes responsibility for, and watches that its
/// verbs come in the order that `server_handler` promises.
class keeper final : public postrider::smtp::server_handler {
public:
    explicit keeper(server_dialogue const& d) : dialogue_(d) {}

    postrider::smtp::reply mail(postrider::smtp::envelope const&) override;
    postrider::smtp::reply rcpt(postrider::smtp::envelope const&, postrider::smtp::forward_path const&) override;
    postrider::smtp::reply begin_content(postrider::smtp::envelope const&) override;
    postrider::error_code content(std::string_view octets) override;
    postrider::smtp::reply end_content(postrider::smtp::envelope const&) override;
    std::vector<postrider::smtp::reply> lmtp_end_content(postrider::smtp::envelope const&) override;
    void abort() noexcept override;

    /// "from=<a@x> SIZE=3 to=<b@x> NOTIFY=NEVER to=<c@x> content=a\r\n": parameters behind their path.
    std::vector<std::string> const& kept() const noexcept { return kept_; }
    /// Whether a MAIL was accepted and neither a message nor `abort` has come of it.
    bool in_transaction() const noexcept { return now_ != state::idle; }
    std::size_t aborts() const noexcept { return aborts_; }
    /// The first call that was out of order; empty if there was none.
    std::string_view objection() const noexcept { return objection_; }

private:
    enum class state { idle, envelope, content };
    void called(std::string_view verb, state due) noexcept;
    postrider::smtp::reply next_verdict();

    server_dialogue const& dialogue_;
    state now_ = state::idle;
    std::string content_;
    std::vector<std::string> kept_;
    std::size_t aborts_ = 0, verdicts_ = 0;
    std::string_view objection_;
};

}  // namespace transcripts
