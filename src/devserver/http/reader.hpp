#pragma once
#include <cstddef>
#include <memory>
#include <string_view>

#include "message.hpp"

namespace postrider::devserver {

/// Reads one request from octets in whatever pieces they come, within limits::http_header_octets and
/// ::http_body_octets; a body of the type message/rfc822 within ::message_octets.                            RFC 9112
class http_reader {
public:
    enum class state { more, done, malformed, header_too_large, body_too_large };

    http_reader();
    ~http_reader();

    /// Takes octets from the front of `input`, and removes them from it; what follows the request stays.
    state consume(std::string_view& input);
    /// Whether nothing was read yet.
    bool idle() const noexcept;
    /// Whether the client waits for "100 Continue" before it sends the body: tells it once.          RFC 9110 §10.1.1
    bool asks_to_continue() noexcept;
    /// The request, after `done`.
    http_request take();

private:
    struct machinery;
    std::unique_ptr<machinery> machinery_;
};

}  // namespace postrider::devserver
