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
    /// Whether the client's final dot has been written as a whole.
    bool has_final_dot() const noexcept { return dot_ != events_.size() && next_ > dot_; }
    /// Whole replies that the server has given since then.
    std::size_t replies_since_dot() const noexcept { return replies_since_dot_; }

private:
    postrider::io_done take(postrider::send_bytes const&);
    postrider::io_done give(postrider::need_bytes const&);
    void count_replies(std::string_view octets);
    [[noreturn]] void object(std::string const& what) const;

    std::vector<event> events_;
    std::size_t next_ = 0;
    std::size_t dot_ = 0;  ///< the event that ends with the final dot
    std::size_t replies_since_dot_ = 0;
    std::string begun_line_;  ///< of a reply since then
    int line_;
};

}  // namespace transcripts
