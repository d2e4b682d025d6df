#pragma once
#include <postrider/proto/step.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "replay.hpp"
#include "server_dialogue.hpp"

namespace transcripts {

/// The other side of a server's session: answers its steps from the transcript, in whatever pieces are asked for.
/// Throws when the server says what it should not, or is silent.
class scripted_client {
public:
    scripted_client(server_dialogue const&, pieces);

    postrider::io_done answer(postrider::step const&);

    /// The session is over: so must be the transcript.
    void finish();
    /// Whether the client has nothing more to say.
    bool has_said_all() const noexcept;

private:
    postrider::io_done give(std::span<char> room);
    void begin_flight();
    void expect_replies();

    std::vector<event> const& events_;
    std::size_t next_ = 0;
    pieces how_;
    std::vector<std::string> flight_;  ///< in the pieces that are to be read
    std::size_t piece_ = 0;            ///< the next of them
    std::string said_;                 ///< by the server, since the flight began
};

}  // namespace transcripts
