#pragma once
#include <limits>
#include <string>

#include "transcript.hpp"

namespace transcripts {

/// In what pieces the server's octets come.
enum class pieces { whole, lines, octets };

/// Which step is answered with an error instead, and with which.
struct cut {
    std::size_t step = std::numeric_limits<std::size_t>::max();
    std::error_code with;
};

/// Plays a transcript once.
/// returns    how many steps of I/O it took.
/// errors     throws std::runtime_error with what went otherwise than it should; for a cut that means: the operation
///            does not end, the session stays usable, the failure names another phase, or a recipient's outcome says
///            more or less than can be known.
std::size_t replay(transcript const&, pieces, cut const& = {});

}  // namespace transcripts
