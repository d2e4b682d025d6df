#include <algorithm>
#include <charconv>

#include "letter.hpp"

namespace postrider::lint {
namespace {

std::string one_decimal(double number) {
    char text[32];
    auto const end = std::to_chars(text, text + sizeof text, number, std::chars_format::fixed, 1).ptr;
    return {text, end};
}

std::string names_of(spam_verdict const& verdict) {
    std::string names;
    for (auto const& one : verdict.rules) names += (names.empty() ? "" : ", ") + one.name;
    return names;
}

}  // namespace

void check_spam_score(letter const& mail, findings& found, report& all) {
    if (mail.calls.spam) all.spam = mail.calls.spam(mail.given.octets);
    if (!all.spam) return;
    found.judge("spam-assassin", all.spam->score < all.spam->threshold,
                {{"score", one_decimal(all.spam->score)},
                 {"threshold", one_decimal(all.spam->threshold)},
                 {"rules", names_of(*all.spam)}});
}

}  // namespace postrider::lint
