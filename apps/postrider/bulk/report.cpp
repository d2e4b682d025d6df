#include "report.hpp"

#include <boost/json/serialize.hpp>
#include <iostream>
#include <postrider/proto/smtp/escape.hpp>
#include <utility>

#include "explain.hpp"
#include "terminal/utf8.hpp"

namespace postrider::app {
namespace {

namespace json = boost::json;

/// It concerns this message and no other; or, where it went directly, its domains, which will not be otherwise later.
bool is_decided(send_outcome const& outcome) {
    if (!outcome.failure) return true;
    auto const radius = outcome.failure->radius;
    if (radius == smtp::blast_radius::recipient || radius == smtp::blast_radius::message) return true;
    return !outcome.domains.empty() && exit_code_of(outcome.report, outcome.failure) != exit_code::try_later;
}

}  // namespace

bulk_report::bulk_report(std::ostream& out, options wanted)
    : out_(out),
      options_(std::move(wanted)),
      progress_(options_.shows_progress, "messages"),
      begun_(std::chrono::steady_clock::now()) {
    if (options_.file.empty()) return;
    lines_.open(options_.file, std::ios::binary);
    if (!lines_) throw error(exit_code::io_error, "cannot write " + options_.file, "check its name and rights");
}

void bulk_report::tell(bulk_place const& place, send_outcome const& outcome) {
    std::lock_guard const lock(mutex_);
    smtp::report const& report = outcome.report;
    json::object const more = to_json(outcome);
    std::string const words = explain(outcome);
    if (report.in_doubt()) {
        ++in_doubt_;
        print("in doubt", place, words);
        tell_one(place, "in_doubt", more);
    } else if (report.all_accepted()) {
        ++sent_;
        tell_one(place, "sent", more);
    } else if (!report.accepted().empty()) {
        ++partly_;
        print("partly", place, words);
        tell_one(place, "partly", more);
    } else if (is_decided(outcome)) {
        ++refused_;
        bool const later = exit_code_of(report, outcome.failure) == exit_code::try_later;
        transient_ += later ? 1 : 0;
        print("refused", place, words);
        tell_one(place, "refused", more);
    } else {
        ++unsent_;
        print("unsent", place, words);
        tell_one(place, "unsent", more);
    }
}

void bulk_report::tell(bulk_place const& place, error const& wrong) {
    std::lock_guard const lock(mutex_);
    ++failed_;
    print("failed", place, explain(wrong));
    tell_one(place, "failed", {{"error", error_member(wrong)}});
}

void bulk_report::tell_unsent(bulk_place const& place) {
    std::lock_guard const lock(mutex_);
    ++unsent_;
    print("unsent", place, {});
    tell_one(place, "unsent", {});
}

void bulk_report::tell_one(bulk_place const& place, char const* outcome, json::object more) {
    ++told_;
    if (!options_.as_json) progress_.show(told_, std::nullopt);
    if (!options_.as_json && !lines_.is_open()) return;
    json::object one{{"file", valid_utf8(place.file)},
                     {"offset", place.offset ? json::value(*place.offset) : json::value()},
                     {"outcome", outcome}};
    for (auto const* name : {"message_id", "size", "accepted", "refused", "error"})
        one[name] = more.contains(name) ? std::move(more[name]) : json::value();
    if (more.contains("domains")) one["domains"] = std::move(more["domains"]);
    std::string const line = json::serialize(one);
    if (lines_.is_open()) lines_ << line << std::endl;  // what is told stands, whatever becomes of us
    if (!options_.as_json) return;
    out_ << (told_ == 1 ? "{\"messages\":[\n" : ",\n") << line;
}

void bulk_report::print(char const* outcome, bulk_place const& place, std::string const& words) {
    if (options_.as_json) return;
    progress_.wipe();
    std::string name(outcome);
    name.resize(10, ' ');
    out_ << name << smtp::escaped(to_string(place)) << (words.empty() ? "" : "  " + words) << std::endl;
}

void bulk_report::stop(smtp::failure const& failure, std::string const& advice) {
    std::lock_guard const lock(mutex_);
    if (stopped_with_) return;
    stopped_with_ = exit_code_of(failure);
    error_ = to_json(failure);
    why_stopped_ = explain(failure, advice);
}

void bulk_report::stop(error const& wrong) {
    std::lock_guard const lock(mutex_);
    if (std::exchange(broke_off_, true)) return;
    stopped_with_ = wrong.code();
    error_ = error_member(wrong);
    why_stopped_ = explain(wrong);
}

std::uint64_t bulk_report::unsent() {
    std::lock_guard const lock(mutex_);
    return unsent_;
}

exit_code bulk_report::code() const {
    if (in_doubt_ > 0) return exit_code::try_later;
    if (broke_off_) return *stopped_with_;
    if (unsent_ > 0) return stopped_with_.value_or(exit_code::try_later);
    if (partly_ + refused_ + failed_ == 0) return exit_code::ok;
    if (sent_ + partly_ > 0) return exit_code::some_refused;
    if (refused_ == 0) return exit_code::bad_data;
    return transient_ > 0 ? exit_code::try_later : exit_code::no_user;
}

std::string bulk_report::summary() const {
    auto const add = [](std::uint64_t count, char const* what) {
        return count == 0 ? std::string() : ", " + std::to_string(count) + " " + what;
    };
    return std::to_string(told_) + (told_ == 1 ? " message: " : " messages: ") + std::to_string(sent_) + " sent" +
           add(partly_, "sent to some") + add(refused_, "refused") + add(failed_, "failed") +
           add(in_doubt_, "in doubt") + add(unsent_, "unsent");
}

exit_code bulk_report::end(std::string const& server) {
    std::lock_guard const lock(mutex_);
    progress_.wipe();
    bool const stopped = broke_off_ || (unsent_ > 0 && stopped_with_);
    if (stopped) std::cerr << "postrider: " << why_stopped_ << '\n';
    if (lines_.is_open() && !lines_.flush())
        throw error(exit_code::io_error, "writing " + options_.file + " failed", "what was sent is sent all the same");
    if (!options_.as_json) {
        if (!options_.quiet) out_ << summary() << std::endl;
        return code();
    }
    std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - begun_;
    json::object const rest{{"server", server.empty() ? json::value() : json::value(server)},
                            {"sent", sent_},
                            {"partly", partly_},
                            {"refused", refused_},
                            {"failed", failed_},
                            {"in_doubt", in_doubt_},
                            {"unsent", unsent_},
                            {"seconds", seconds.count()},
                            {"error", stopped ? error_ : json::value()}};
    out_ << (told_ == 0 ? "{\"messages\":[" : "\n") << "]," << json::serialize(rest).substr(1) << std::endl;
    return code();
}

}  // namespace postrider::app
