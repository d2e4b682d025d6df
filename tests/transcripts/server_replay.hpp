#pragma once
#include "replay.hpp"
#include "server_dialogue.hpp"

namespace transcripts {

/// Plays a session once.
/// returns    how many steps of I/O it took.
/// errors     throws std::runtime_error with what went otherwise than it should; for a cut that means: the session does
///            not end, says more than 421 to a client that was silent, keeps a message after the cut, or does not
///            abort the transaction that was open.
std::size_t replay(server_dialogue const&, pieces, cut const& = {});

}  // namespace transcripts
