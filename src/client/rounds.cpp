#include "rounds.hpp"

#include <utility>

namespace postrider::smtp {
namespace {

/// 452 by itself says either that there is no more room for recipients, or no storage; the enhanced code tells which.
bool has_no_room(recipient_report const& one) {
    if (one.what == outcome::unsent) return true;
    if (one.what != outcome::refused || one.where != phase::rcpt_to || !one.said || one.said->code != 452) return false;
    return !one.said->enhanced || *one.said->enhanced == enhanced_code{4, 5, 3};
}

/// Refusals of the rest are told by its recipients; anything else is a failure of the whole.
bool is_refusal(failed const& why) {
    return why.failure.code == errc::recipients_refused && why.failure.radius == blast_radius::message;
}

report report_of(result<report> const& outcome) {
    return outcome ? *outcome : outcome.error().report;
}

std::vector<std::size_t> places_without_room(report const& told) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < told.recipients.size(); ++i)
        if (has_no_room(told.recipients[i])) places.push_back(i);
    return places;
}

}  // namespace

bool rounds::another(result<report> outcome) {
    bool const goes_on = outcome.has_value();
    if (!whole_)
        whole_ = std::make_unique<result<report>>(std::move(outcome));
    else
        add(outcome);
    if (!goes_on || !mail_.wire) return false;
    places_ = without_room();
    if (places_.empty()) return false;

    if (!everybody_) everybody_ = mail_.envelope;
    envelope rest{everybody_->reverse_path, {}, everybody_->parameters};
    for (auto place : places_) rest.forward_paths.push_back(everybody_->forward_paths[place]);
    mail_ = pack({std::move(rest), *mail_.wire, mail_.message}, mail_.watch);
    return true;
}

void rounds::add(result<report> const& outcome) {
    auto whole = report_of(*whole_);
    auto const more = report_of(outcome).recipients;
    for (std::size_t i = 0; i < more.size() && i < places_.size(); ++i) whole.recipients[places_[i]] = more[i];
    if (outcome || is_refusal(outcome.error()))
        *whole_ = std::move(whole);
    else
        *whole_ = failed{outcome.error().failure, std::move(whole), mail_.envelope->reverse_path};
}

// By far the most reports have no such place: they are not copied to find that out.
std::vector<std::size_t> rounds::without_room() const {
    return *whole_ ? places_without_room(**whole_) : places_without_room(whole_->error().report);
}

}  // namespace postrider::smtp
