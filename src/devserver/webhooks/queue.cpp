#include "queue.hpp"

#include <algorithm>
#include <exception>
#include <postrider/core/limits.hpp>
#include <utility>

namespace postrider::devserver {

webhook_queue::webhook_queue(std::string url, webhook_options const& options)
    : url_(std::move(url)), options_(options), thread_([this] { work(); }) {}

webhook_queue::~webhook_queue() {
    {
        std::lock_guard lock(mutex_);
        ending_ = true;
        farewell_ = clock::now() + limits::webhook_farewell;
    }
    news_.notify_all();
    thread_.join();
}

void webhook_queue::push(std::string body) {
    {
        std::lock_guard lock(mutex_);
        if (waiting_.size() >= limits::webhook_queue) {
            waiting_.pop_front();
            ++lost_;
        }
        waiting_.push_back(std::move(body));
    }
    news_.notify_all();
}

void webhook_queue::work() {
    for (;;) {
        std::unique_lock lock(mutex_);
        news_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
        if (waiting_.empty() || (ending_ && clock::now() >= farewell_)) break;
        auto const body = std::move(waiting_.front());
        waiting_.pop_front();
        auto const lost = std::exchange(lost_, 0);
        lock.unlock();
        if (lost > 0) complain("is too slow: it was not told of " + std::to_string(lost) + " messages");
        if (!deliver(body)) break;
    }
    std::lock_guard lock(mutex_);
    if (!waiting_.empty()) complain("was not told of the last " + std::to_string(waiting_.size()) + " messages");
}

/// returns    false when there is no time for more.
bool webhook_queue::deliver(std::string const& body) {
    std::string why;
    clock::duration delay = limits::webhook_delay;
    for (std::size_t made = 1;; ++made, delay *= 2) {
        if (attempt(body, why)) return true;
        if (made == limits::webhook_attempts) break;
        if (!pause(delay)) return complain("was not told of a message: " + why), false;
    }
    complain("was told of a message " + std::to_string(limits::webhook_attempts) + " times in vain: " + why);
    return true;
}

bool webhook_queue::attempt(std::string const& body, std::string& why) {
    try {
        options_.post(url_, body, end_of_attempt());
        return true;
    } catch (std::exception const& failure) {
        why = failure.what();
        return false;
    }
}

webhook_queue::clock::time_point webhook_queue::end_of_attempt() {
    auto const end = clock::now() + limits::webhook_time;
    std::lock_guard lock(mutex_);
    return ending_ ? std::min(end, farewell_) : end;
}

/// returns    false when the server ends before the pause does.
bool webhook_queue::pause(clock::duration how_long) {
    auto const until = clock::now() + how_long;
    std::unique_lock lock(mutex_);
    news_.wait_until(lock, until, [this] { return ending_; });
    if (ending_) news_.wait_until(lock, std::min(until, farewell_), [] { return false; });
    return !ending_ || until < farewell_;
}

void webhook_queue::complain(std::string const& what) const {
    if (options_.complain) options_.complain("the webhook at " + host_of(url_) + ' ' + what);
}

std::string host_of(std::string const& url) {
    auto const scheme = url.find("://");
    auto const begin = scheme == url.npos ? 0 : scheme + 3;
    return url.substr(begin, url.find_first_of("/?#", begin) - begin);
}

}  // namespace postrider::devserver
