#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <postrider/devserver/webhooks.hpp>
#include <string>
#include <thread>

namespace postrider::devserver {

/// What one URL is still to be told, and the thread that tells it.
class webhook_queue {
public:
    webhook_queue(std::string url, webhook_options const& options);
    ~webhook_queue();
    webhook_queue(webhook_queue const&) = delete;

    /// Does not block. One more than there is room for takes the place of the oldest.
    void push(std::string body);

private:
    using clock = std::chrono::steady_clock;

    void work();
    bool deliver(std::string const& body);
    bool attempt(std::string const& body, std::string& why);
    bool pause(clock::duration);
    clock::time_point end_of_attempt();
    void complain(std::string const& what) const;

    std::string url_;
    webhook_options const& options_;

    std::mutex mutex_;
    std::condition_variable news_;
    std::deque<std::string> waiting_;  // under mutex_
    std::uint64_t lost_ = 0;           // likewise
    bool ending_ = false;              // likewise
    clock::time_point farewell_;       // likewise, once ending

    std::thread thread_;  // last: it uses all of the above
};

/// "hooks.example.com:8443" of its URL, without the path, in which services put their secrets.
std::string host_of(std::string const& url);

}  // namespace postrider::devserver
