#pragma once
#include <cstdint>
#include <postrider/core/trace.hpp>
#include <string>
#include <string_view>

namespace postrider::smtp::client_side {

/// Tells a sink the dialogue in whole lines, secrets masked. Without a sink it does nothing.
class transcript {
public:
    explicit transcript(trace_sink* sink) noexcept : sink_(sink) {}

    /// A command line without CRLF. `answers_challenge`: the server's last reply was a 334, and this line a secret.
    void said(std::string_view line, bool answers_challenge);
    /// Content is told by its size.
    void said_content(std::uint64_t octets);
    void said_chunk(std::string_view command, std::uint64_t octets);
    /// Octets of replies, in whatever pieces they came.
    void heard(std::string_view octets);
    /// The link is over: what was heard of an unfinished line is told as it is.
    void ended();

private:
    void tell(std::string_view line);

    trace_sink* sink_;
    std::string line_;
};

}  // namespace postrider::smtp::client_side
