#include "run_queue.hpp"

#include <utility>

namespace postrider::smtp {

std::optional<outgoing_message> run_queue::next() {
    if (thrown_) return {};
    try {
        auto mail = run_.next();
        if (!mail) return {};
        on_their_way_.push_back(pack(*std::move(mail)));
        return for_engine(on_their_way_.back(), host_);
    } catch (...) {
        thrown_ = std::current_exception();
        return {};
    }
}

void run_queue::done(smtp::report const& told, std::optional<smtp::failure> const& why) {
    auto report = told;
    report.message_id = std::move(on_their_way_.front().message_id);
    on_their_way_.pop_front();
    // Also after an exception: nobody may guess what became of a message.
    try {
        run_.done(report, why);
    } catch (...) {
        if (!thrown_) thrown_ = std::current_exception();
    }
}

void run_queue::rethrow() const {
    if (thrown_) std::rethrow_exception(thrown_);
}

}  // namespace postrider::smtp
