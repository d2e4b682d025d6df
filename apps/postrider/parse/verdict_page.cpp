#include "verdict_page.hpp"

#include <algorithm>
#include <postrider/mime/json.hpp>
#include <postrider/mime/tree.hpp>

#include "terminal/utf8.hpp"

namespace postrider::app {
namespace {

std::string shown(std::string_view words) {
    return words.empty() ? "-" : mime::terminal_safe(valid_utf8(words));
}

std::string line_of(dkim::verdict const& one) {
    std::string outcome(to_string(one.outcome));
    outcome.resize(std::max(outcome.size(), std::string_view("permerror").size()), ' ');
    dkim::signature const& says = one.signature;
    std::string line =
        outcome + "  " + shown(says.domain) + "  " + shown(says.selector) + "  " + shown(says.algorithm_name);
    if (one.key_bits > 0) line += "  " + std::to_string(one.key_bits) + "-bit key";
    if (one.testing) line += "  testing";
    if (one.reason) line += ": " + one.reason.message();
    return line + '\n';
}

bool any_is(dkim::verification const& of, dkim::outcome wanted) {
    return std::any_of(of.verdicts.begin(), of.verdicts.end(),
                       [&](dkim::verdict const& one) { return one.outcome == wanted; });
}

}  // namespace

std::string verdict_page(dkim::verification const& of) {
    std::string page;
    for (dkim::verdict const& one : of.verdicts) page += line_of(one);
    if (of.unchecked > 0) page += "neutral    " + std::to_string(of.unchecked) + " more signatures were not checked\n";
    return page.empty() ? "none       the message has no signature\n" : page;
}

exit_code exit_code_of(dkim::verification const& of) {
    if (any_is(of, dkim::outcome::pass)) return exit_code::ok;
    return any_is(of, dkim::outcome::temperror) ? exit_code::try_later : exit_code::bad_data;
}

}  // namespace postrider::app
