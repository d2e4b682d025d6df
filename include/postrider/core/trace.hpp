#pragma once
#include <string_view>

namespace postrider {

enum class trace_side { client, server };

/// Takes the dialogue of a session as it happens. Engines call it with whole lines, without CRLF, secrets already
/// masked and message content told as one line with its size; a sink never sees what it must not print.
class trace_sink {
public:
    virtual ~trace_sink() = default;

    /// `line`     what `side` said. Untrusted where it came from the peer: escape it before it meets a terminal.
    virtual void line(trace_side side, std::string_view line) = 0;
};

}  // namespace postrider
