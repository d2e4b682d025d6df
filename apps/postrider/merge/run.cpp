#include "run.hpp"

#include <algorithm>
#include <utility>

#include "send/retry_rule.hpp"

namespace postrider::app {
namespace {

/// It concerns this message and no other.
bool goes_on(send_outcome const& outcome) {
    if (!outcome.failure) return true;
    auto const radius = outcome.failure->radius;
    return !outcome.report.in_doubt() &&
           (radius == smtp::blast_radius::recipient || radius == smtp::blast_radius::message);
}

}  // namespace

merge_run::merge_run(std::function<std::optional<filled_row>()> next, bool at_hand, merge_watch watch,
                     server_choice const& where, merge_report& report)
    : next_(std::move(next)), at_hand_(at_hand), watch_(std::move(watch)), where_(where), report_(report) {}

std::optional<smtp::addressed_wire> merge_run::next() {
    while (!failure_) {
        if (auto* row = next_waiting()) {
            row->now = state::on_its_way;
            return *row->row.mail;
        }
        if (at_end_ || !read_row()) break;
    }
    return {};
}

merge_run::open_row* merge_run::next_waiting() {
    auto const is_waiting = [](open_row const& one) { return one.now == state::waiting; };
    auto const found = std::find_if(rows_.begin(), rows_.end(), is_waiting);
    return found == rows_.end() ? nullptr : &*found;
}

bool merge_run::read_row() {
    at_end_ = true;  // also when reading throws
    auto row = next_();
    if (!row) return false;
    at_end_ = false;
    bool const can_be_sent = row->mail.has_value();
    rows_.push_back({*std::move(row), can_be_sent ? state::waiting : state::over});
    tell_finished();
    return true;
}

void merge_run::done(smtp::report const& report, std::optional<smtp::failure> const& why) {
    auto const is_on_its_way = [](open_row const& one) { return one.now == state::on_its_way; };
    auto& row = *std::find_if(rows_.begin(), rows_.end(), is_on_its_way);
    if (may_try_again(report, why)) {
        // The first of a connection that ended had its chance; those behind it had none. On a connection that had taken
        // nothing yet it could not have had a better one.
        bool const had_a_chance = !std::exchange(connection_ended_, true);
        if (!had_a_chance || (connection_was_of_use_ && !std::exchange(row.tried_before, true))) {
            row.now = state::waiting;
            return;
        }
    }
    connection_was_of_use_ = true;
    row.now = state::over;
    row.outcome = outcome_of(row);
    row.outcome->failure = why;
    if (!report.recipients.empty()) row.outcome->report.recipients = report.recipients;
    tell_finished();
}

void merge_run::connected() noexcept {
    connection_ended_ = connection_was_of_use_ = false;
}

void merge_run::no_connection(smtp::failure const& why) {
    if (!next_waiting() && !at_end_) read_row();
    auto* const row = next_waiting();
    if (!row) return;
    row->now = state::over;
    row->outcome = outcome_of(*row);
    row->outcome->failure = why;
    tell_finished();
}

void merge_run::tell_finished() {
    for (; !rows_.empty() && rows_.front().now == state::over; rows_.pop_front()) {
        auto const& row = rows_.front();
        if (!row.outcome || !row.outcome->report.all_accepted()) watch_.before_bad_news();
        tell(row);
        watch_.behind_a_row();
    }
}

void merge_run::tell(open_row const& row) {
    auto const place = row.row.place;
    if (!row.row.mail) return report_.tell(place, row.row.mail.error());
    auto const& outcome = *row.outcome;
    if (outcome.report.in_doubt()) {
        report_.tell(place, outcome);
        report_.stop(place, outcome);
    } else if (goes_on(outcome)) {
        report_.tell(place, outcome);
    } else if (!std::exchange(stopped_, true)) {
        report_.stop(place, outcome);
    }
    if (!goes_on(outcome) && !failure_) failure_ = outcome.failure;
}

send_outcome merge_run::outcome_of(open_row const& row) const {
    return nothing_yet(where_, *row.row.mail);
}

void send_rows(merge_run& run, server_choice const& where, std::string const& secret, tell_step const& tell) {
    smtp::client client(where.options);
    while (run.wants_connection()) {
        if (auto const failed = open_session(client, where, secret, tell)) return run.no_connection(failed->failure);
        run.connected();
        static_cast<void>(client.try_send_all(run));  // the run was told what became of each message
        part_politely(client);
    }
}

}  // namespace postrider::app
