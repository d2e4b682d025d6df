#include "report.hpp"

#include <boost/json/serialize.hpp>
#include <ostream>
#include <postrider/proto/smtp/escape.hpp>

#include "terminal/utf8.hpp"

namespace postrider::app {
namespace {

namespace json = boost::json;

json::value or_null(std::optional<row_place> const& place) {
    return place ? json::value(place->row) : json::value();
}

json::array numbers_of(std::vector<row_place> const& rows) {
    json::array numbers;
    for (auto const& place : rows) numbers.emplace_back(place.row);
    return numbers;
}

/// "row 3 (line 4) is in doubt: ...", "rows 3 to 5 are in doubt: ..."
std::string doubtful(std::vector<row_place> const& rows) {
    if (rows.size() == 1) return to_string(rows.front()) + " is in doubt: it may have arrived or not";
    return "rows " + std::to_string(rows.front().row) + " to " + std::to_string(rows.back().row) +
           " are in doubt: each may have arrived or not";
}

}  // namespace

std::string to_string(row_place place) {
    std::string text = "row " + std::to_string(place.row);
    if (place.line > 0) text += " (line " + std::to_string(place.line) + ")";
    return text;
}

merge_report::merge_report(std::ostream& out, bool as_json, bool quiet, std::string server)
    : out_(out), as_json_(as_json), quiet_(quiet) {
    if (as_json_) out_ << "{\"server\":" << json::serialize(json::value(valid_utf8(server))) << ",\"rows\":[";
}

merge_report::~merge_report() {
    if (!ended_) end();
}

void merge_report::tell_row(row_place place, char const* outcome, json::object more) {
    json::object one{{"row", place.row}, {"line", place.line}, {"outcome", outcome}};
    for (auto const* name : {"message_id", "size", "accepted", "refused", "error"})
        one[name] = more.contains(name) ? std::move(more[name]) : json::value();
    out_ << (told_++ > 0 ? ",\n" : "\n") << json::serialize(one);
}

void merge_report::tell(row_place place, send_outcome const& outcome) {
    auto const accepted = outcome.report.accepted(), refused = outcome.report.refused();
    bool const doubt = outcome.report.in_doubt();
    if (doubt) {
        in_doubt_.push_back(place);
    } else if (accepted.empty()) {
        ++refused_;
        bool later = outcome.failure && outcome.failure->is_transient();
        for (auto const& one : refused) later |= one.is_transient();
        transient_ += later;
    } else {
        ++(refused.empty() ? sent_ : partly_);
    }
    if (as_json_) return tell_row(place, doubt ? "in_doubt" : accepted.empty() ? "refused" : "sent", to_json(outcome));
    for (auto const& one : refused) out_ << "refused  " << to_string(place) << "  " << to_string(one) << '\n';
    if (refused.empty() && outcome.failure && !doubt)
        out_ << "refused  " << to_string(place) << "  " << to_string(*outcome.failure) << '\n';
    if (doubt) out_ << "in doubt " << to_string(place) << "  the server may have the message or not\n";
}

void merge_report::tell(row_place place, mime::merge_failure const& failure) {
    ++failed_;
    if (as_json_)
        return tell_row(place, "failed",
                        {{"error", json::object{{"type", "row_error"}, {"text", valid_utf8(failure.what)}}}});
    out_ << "failed   " << to_string(place) << "  " << smtp::escaped(failure.what) << '\n';
}

void merge_report::stop(row_place place, send_outcome const& outcome) {
    stopped_at_ = place;
    if (outcome.report.in_doubt()) ++stopped_at_->row;
    if (stopped_with_) return;  // the first reason is the reason
    stopped_with_ = exit_code_of(outcome.report, outcome.failure);
    if (outcome.failure) error_ = to_json(*outcome.failure);
}

void merge_report::stop(error const& wrong) {
    stopped_with_ = wrong.code();
    error_ = error_member(wrong);
}

std::string merge_report::summary() const {
    std::string text = std::to_string(sent_ + partly_) + " of " + std::to_string(rows()) + " rows sent";
    if (partly_ > 0) text += ", " + std::to_string(partly_) + " of them not to everyone";
    if (refused_ > 0) text += ", " + std::to_string(refused_) + " refused";
    if (failed_ > 0) text += ", " + std::to_string(failed_) + " failed";
    if (!in_doubt_.empty()) text += "; " + doubtful(in_doubt_);
    if (stopped_at_) text += "; go on with --from-row " + std::to_string(stopped_at_->row);
    return text;
}

exit_code merge_report::end() {
    ended_ = true;
    if (as_json_) {
        json::object rest{{"sent", sent_ + partly_},
                          {"refused", refused_},
                          {"failed", failed_},
                          {"in_doubt", numbers_of(in_doubt_)},
                          {"next_row", or_null(stopped_at_)},
                          {"error", error_}};
        out_ << "],\n" << json::serialize(rest).substr(1) << '\n';
    } else if (!quiet_) {
        out_ << summary() << '\n';
    }
    out_.flush();
    if (stopped_with_) return *stopped_with_;
    if (refused_ + failed_ + partly_ == 0) return exit_code::ok;
    if (sent_ + partly_ > 0) return exit_code::some_refused;
    if (refused_ == 0) return exit_code::bad_data;
    return transient_ > 0 ? exit_code::try_later : exit_code::no_user;
}

}  // namespace postrider::app
