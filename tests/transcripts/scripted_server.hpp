#pragma once
#include <postrider/proto/step.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "replay.hpp"
#include "transcript.hpp"

namespace transcripts {

/// The other side of one operation: answers its steps from the transcript, in whatever pieces are asked for.
class scripted_server {
public:
    scripted_server(operation const&, pieces);

    /// What comes of a step; `why` is told beside an error. Throws when the client does what it should not.
    postrider::io_done answer(postrider::step const&, std::string& why);

    /// Whether everything was said that the transcript has.
    bool at_end() const noexcept { return next_ == events_.size(); }
    /// Whether the client has written its message to the end: the final dot, or all of the last chunk.
    bool has_whole_message() const noexcept { return end_ != events_.size() && next_ > end_; }
    /// Whole replies that the server has given to that.
    std::size_t verdicts() const noexcept { return verdicts_; }

private:
    postrider::io_done take(postrider::send_bytes const&);
    postrider::io_done give(postrider::need_bytes const&);
    void count_replies(std::string_view octets);
    [[noreturn]] void object(std::string const& what) const;

    std::vector<event> events_;
    std::size_t next_ = 0;
    bool closed_while_written_to_ = false;
    std::size_t end_ = 0;             ///< the event that ends the message
    std::size_t replies_before_ = 0;  ///< still due to what was said before the message
    std::size_t verdicts_ = 0;
    std::string begun_line_;  ///< of a reply since then
    int line_;
};

}  // namespace transcripts
