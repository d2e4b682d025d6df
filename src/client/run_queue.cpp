#include "run_queue.hpp"

#include <utility>

#include "io_failure.hpp"

namespace postrider::smtp {

std::optional<outgoing_message> run_queue::next() {
    if (thrown_) return {};
    if (!waiting_.empty()) {
        auto& one = *waiting_.front();
        waiting_.pop_front();
        return offer(one);
    }
    if (at_end_) return {};
    try {
        auto mail = run_.next();
        at_end_ = !mail;
        if (at_end_) return {};
        return offer(entries_.emplace_back(pack(*std::move(mail))));
    } catch (...) {
        thrown_ = std::current_exception();
        return {};
    }
}

outgoing_message run_queue::offer(entry& one) {
    if (std::exchange(one.put_off, nullptr)) rewind(one.mail.current());
    in_the_air_.push_back(&one);
    return for_engine(one.mail.current(), core_.host());
}

void run_queue::done(smtp::report report, std::optional<smtp::failure> const& why) {
    auto& one = *in_the_air_.front();
    in_the_air_.pop_front();
    report.message_id = one.mail.current().message_id;
    auto outcome =
        why ? result<smtp::report>(failed{*why, std::move(report), {}}) : result<smtp::report>(std::move(report));
    if (is_to_be_asked_again(outcome)) {
        one.put_off = std::make_unique<result<smtp::report>>(std::move(outcome));
        waiting_.push_back(&one);
    } else if (one.mail.another(std::move(outcome))) {
        waiting_.push_back(&one);
    } else {
        one.is_over = true;
    }
    tell_those_that_are_over();
}

/// The one that a server's misbehaviour hit, and those behind it that are unsent for that.
bool run_queue::is_to_be_asked_again(result<report> const& outcome) {
    if (outcome) return core_.trust(), false;
    auto const& why = outcome.error().failure;
    if (core_.distrusts(why)) return starts_over_ = true;
    return starts_over_ && !why.in_doubt && why.radius == blast_radius::session;
}

bool run_queue::goes_on(bool well) const noexcept {
    return (well || starts_over_) && !waiting_.empty() && !thrown_;
}

void run_queue::finish(result<void> const& ended) {
    auto const over = session_over(ended, "the rest of the recipients; they are unsent");
    for (auto* one : std::exchange(waiting_, {})) {
        auto const put_off = std::exchange(one->put_off, nullptr);
        one->mail.another(put_off ? std::move(*put_off) : result<report>(failed{over, {}, {}}));
        one->is_over = true;
    }
    tell_those_that_are_over();
}

void run_queue::tell_those_that_are_over() {
    for (; !entries_.empty() && entries_.front().is_over; entries_.pop_front())
        tell(std::move(entries_.front().mail).outcome());
}

// Also after an exception: nobody may guess what became of a message.
void run_queue::tell(result<report> const& outcome) try {
    if (outcome)
        run_.done(*outcome, std::nullopt);
    else
        run_.done(outcome.error().report, outcome.error().failure);
} catch (...) {
    if (!thrown_) thrown_ = std::current_exception();
}

void run_queue::rethrow() const {
    if (thrown_) std::rethrow_exception(thrown_);
}

}  // namespace postrider::smtp
