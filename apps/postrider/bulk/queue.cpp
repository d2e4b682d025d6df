#include "queue.hpp"

#include <iterator>
#include <utility>

namespace postrider::app {

std::string to_string(bulk_place const& place) {
    return place.offset ? place.file + ":" + std::to_string(*place.offset) : place.file;
}

std::optional<bulk_message> bulk_queue::push(bulk_message one) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || waiting_.size() < room_; });
    if (closed_) return one;
    waiting_.push_back(std::move(one));
    changed_.notify_all();
    return std::nullopt;
}

std::optional<bulk_message> bulk_queue::pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || at_end_ || !waiting_.empty(); });
    if (closed_ || waiting_.empty()) return std::nullopt;
    bulk_message one = std::move(waiting_.front());
    waiting_.pop_front();
    changed_.notify_all();
    return one;
}

bool bulk_queue::has_one() {
    std::scoped_lock const held(mutex_);
    return !closed_ && !waiting_.empty();
}

bool bulk_queue::has_more() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || at_end_ || !waiting_.empty(); });
    return !closed_ && !waiting_.empty();
}

void bulk_queue::give_back(bulk_message one) {
    std::lock_guard const lock(mutex_);
    waiting_.push_front(std::move(one));
    changed_.notify_all();
}

void bulk_queue::no_more() {
    std::lock_guard const lock(mutex_);
    at_end_ = true;
    changed_.notify_all();
}

void bulk_queue::close() {
    std::lock_guard const lock(mutex_);
    closed_ = true;
    changed_.notify_all();
}

std::vector<bulk_message> bulk_queue::take_rest() {
    std::lock_guard const lock(mutex_);
    std::vector<bulk_message> rest(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(waiting_.end()));
    waiting_.clear();
    return rest;
}

}  // namespace postrider::app
