#include "connections.hpp"

#include <deque>
#include <utility>

#include "send/retry_rule.hpp"

namespace postrider::app {
namespace {

constexpr int undecided = 0, open = 1, given_up = 2;

/// What goes over one connection, until it ends.
class one_connection final : public smtp::mail_run {
public:
    one_connection(server_choice const& where, bulk_queue& queue, bulk_report& report, pace& steady,
                   std::stop_token stop)
        : where_(where), queue_(queue), report_(report), pace_(steady), stop_(std::move(stop)) {}

    std::optional<smtp::addressed_wire> next() override {
        auto one = stop_.stop_requested() ? std::nullopt : queue_.pop();
        if (!one) return std::nullopt;
        if (!pace_.wait(stop_)) return queue_.give_back(*std::move(one)), std::nullopt;
        on_their_way_.push_back(*std::move(one));
        return on_their_way_.back().mail;
    }

    bool next_is_at_hand() const noexcept override { return pace_.is_free() && queue_.has_one(); }

    void done(smtp::report const& report, std::optional<smtp::failure> const& why) override {
        bulk_message one = std::move(on_their_way_.front());
        on_their_way_.pop_front();
        if (may_try_again(report, why)) {
            // The first of a connection that ended had its chance; those behind it had none.
            bool const had_a_chance = !std::exchange(ended_, true);
            if (!had_a_chance || !std::exchange(one.tried_before, true)) return again_.push_back(std::move(one));
        }
        send_outcome outcome = nothing_yet(where_, one.mail);
        outcome.failure = why;
        if (!report.recipients.empty()) outcome.report.recipients = report.recipients;
        report_.tell(one.place, outcome);
        decided_ = true;
    }

    /// Whether anything became of any message.
    bool decided() const noexcept { return decided_; }

    /// Back in their order, for the next connection.
    void give_back() {
        for (; !again_.empty(); again_.pop_back()) queue_.give_back(std::move(again_.back()));
    }

private:
    server_choice const& where_;
    bulk_queue& queue_;
    bulk_report& report_;
    pace& pace_;
    std::stop_token stop_;
    std::deque<bulk_message> on_their_way_, again_;
    bool ended_ = false, decided_ = false;
};

}  // namespace

bulk_connections::bulk_connections(std::size_t count, server_choice const& where, std::string secret, bulk_queue& queue,
                                   bulk_report& report, pace& steady, std::stop_token stop)
    : where_(where),
      secret_(std::move(secret)),
      queue_(queue),
      report_(report),
      pace_(steady),
      stop_(std::move(stop)),
      serving_(count) {
    for (std::size_t number = 0; number < count; ++number) threads_.emplace_back([this, number] { serve(number); });
}

bulk_connections::~bulk_connections() {
    for (auto& thread : threads_) thread.join();
}

/// One connection after another, as long as there is something to send and a server that takes it.
void bulk_connections::serve(std::size_t number) {
    if (number > 0) first_.wait(undecided);
    if (number == 0 || first_ == open) open_and_send(number == 0);
    if (number == 0) decide(given_up);
    if (--serving_ == 0) queue_.close();
}

void bulk_connections::decide(int how) {
    int expected = undecided;
    if (first_.compare_exchange_strong(expected, how)) first_.notify_all();
}

void bulk_connections::open_and_send(bool is_first) {
    while (!stop_.stop_requested() && queue_.has_more()) {
        smtp::client client(where_.options);
        auto const failed = open_session(client, where_, secret_, [](std::string_view) {});
        if (failed) return report_.stop(failed->failure, std::string(advice_for(where_.login)));
        if (is_first) decide(open);

        one_connection run(where_, queue_, report_, pace_, stop_);
        auto const ended = client.try_send_all(run);
        run.give_back();
        part_politely(client);
        bool const was_of_use = ended || run.decided();
        if (!was_of_use) return report_.stop(ended.error().failure, {});
    }
}

}  // namespace postrider::app
