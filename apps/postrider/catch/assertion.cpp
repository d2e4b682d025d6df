#include "assertion.hpp"

#include <algorithm>
#include <charconv>

namespace postrider::app {

std::string assertion::wanted() const {
    if (!most) return std::to_string(least) + " or more";
    return *most == 0 ? "none" : "exactly " + std::to_string(*most);
}

assertion parse_assertion(std::string_view text) {
    assertion parsed{std::string(text), std::string(text), 1, std::nullopt};
    auto const word = text.substr(0, text.find(' '));
    bool const or_more = word.ends_with('+');
    auto const digits = word.substr(0, word.size() - or_more);
    auto const [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), parsed.least);
    if (digits.empty() || ec != std::errc() || end != digits.data() + digits.size()) {
        parsed.least = 1;
        return parsed;
    }
    if (!or_more) parsed.most = parsed.least;
    parsed.query = text.substr(std::min(word.size() + 1, text.size()));
    return parsed;
}

assertion refutation_of(std::string_view query) {
    return {std::string(query), std::string(query), 0, 0};
}

}  // namespace postrider::app
