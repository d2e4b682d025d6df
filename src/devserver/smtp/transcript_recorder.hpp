#pragma once
#include <postrider/core/host.hpp>
#include <postrider/core/trace.hpp>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace postrider::devserver {

/// Keeps the dialogue of one session so that each message can show its own: how the session began, and all since the
/// message before it. What is said after a message was kept still belongs to it until the next MAIL.
class transcript_recorder final : public trace_sink {
public:
    transcript_recorder(store& in, host const& machine) : store_(in), host_(machine) {}

    void line(trace_side side, std::string_view line) override;

    /// The dialogue that led to the message at hand.
    std::vector<transcript_line> lines() const;
    /// The message was stored: what follows is appended to it.
    void kept_as(std::string id);

private:
    void append_to_last(transcript_line);

    store& store_;
    host const& host_;
    std::vector<transcript_line> opening_;  // up to the first MAIL
    std::vector<transcript_line> since_;    // from there, or from the last message, on
    bool mail_seen_ = false;
    std::string last_;  // the message just kept, until the next MAIL
};

}  // namespace postrider::devserver
