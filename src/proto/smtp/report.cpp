#include <algorithm>
#include <ostream>
#include <postrider/proto/smtp/escape.hpp>
#include <postrider/proto/smtp/report.hpp>

namespace postrider::smtp {
namespace {

std::string_view word_for(outcome what) noexcept {
    switch (what) {
        case outcome::unsent: return "unsent";
        case outcome::accepted: return "accepted";
        case outcome::refused: return "refused";
        case outcome::in_doubt: return "in doubt";
    }
    return "unknown";
}

std::vector<recipient_report> with(std::vector<recipient_report> const& all, outcome wanted) {
    std::vector<recipient_report> some;
    std::copy_if(all.begin(), all.end(), std::back_inserter(some), [&](auto const& r) { return r.what == wanted; });
    return some;
}

}  // namespace

std::string to_string(recipient_report const& r) {
    auto line = escaped(r.address) + ": ";
    line += r.said ? escaped(to_string(*r.said)) : std::string(word_for(r.what));
    return line + " (" + std::string(to_string(r.where)) + ')';
}

std::ostream& operator<<(std::ostream& out, recipient_report const& r) {
    return out << to_string(r);
}

std::vector<recipient_report> report::accepted() const {
    return with(recipients, outcome::accepted);
}
std::vector<recipient_report> report::refused() const {
    return with(recipients, outcome::refused);
}
std::vector<recipient_report> report::unsent() const {
    return with(recipients, outcome::unsent);
}

bool report::in_doubt() const noexcept {
    return std::any_of(recipients.begin(), recipients.end(), [](auto& r) { return r.what == outcome::in_doubt; });
}

bool report::all_accepted() const noexcept {
    return std::all_of(recipients.begin(), recipients.end(), [](auto& r) { return r.what == outcome::accepted; });
}

}  // namespace postrider::smtp
