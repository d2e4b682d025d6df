#include "transcript_recorder.hpp"

#include <postrider/core/limits.hpp>
#include <system_error>
#include <utility>

namespace postrider::devserver {
namespace {

bool is_mail_command(trace_side side, std::string_view line) noexcept {
    constexpr std::string_view verb = "mail ";
    if (side != trace_side::client || line.size() < verb.size()) return false;
    for (std::size_t i = 0; i < verb.size(); ++i)
        if ((line[i] | 0x20) != verb[i]) return false;
    return true;
}

}  // namespace

void transcript_recorder::line(trace_side side, std::string_view said) {
    if (is_mail_command(side, said)) {
        mail_seen_ = true;
        last_.clear();
    }
    transcript_line fresh{host_.now(), side, std::string(said)};
    if (!last_.empty()) return append_to_last(std::move(fresh));
    auto& lines = mail_seen_ ? since_ : opening_;
    if (lines.size() < limits::transcript_lines) lines.push_back(std::move(fresh));
}

void transcript_recorder::append_to_last(transcript_line fresh) {
    // A dialogue that cannot be written down is no reason to end it.
    try {
        store_.append_transcript(last_, {std::move(fresh)});
    } catch (std::system_error const&) {
    }
}

std::vector<transcript_line> transcript_recorder::lines() const {
    auto all = opening_;
    all.insert(all.end(), since_.begin(), since_.end());
    return all;
}

void transcript_recorder::kept_as(std::string id) {
    since_.clear();
    last_ = std::move(id);
}

}  // namespace postrider::devserver
