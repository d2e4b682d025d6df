#pragma once
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::devserver {

/// Who is told of each message as it comes, by POST of {"event":"added","message":{...}}, the message as
/// GET /api/v1/messages shows it. Each URL is told in the order of arrival, over and over with growing delays while it
/// does not answer 2xx: limits::webhook_attempts times for each message. Mail never waits for it; beyond
/// limits::webhook_queue messages the oldest are lost.
struct webhook_options {
    using deadline = std::chrono::steady_clock::time_point;

    std::vector<std::string> urls;
    /// One POST of a JSON document, which blocks no longer than until the deadline. On threads of its own; throws
    /// std::exception, saying why, for what is not answered by 2xx.
    std::function<void(std::string const& url, std::string const& body, deadline)> post;
    /// Takes a line when a URL was told of something in vain. On threads of its own; must not throw.
    std::function<void(std::string_view line)> complain;
};

}  // namespace postrider::devserver
