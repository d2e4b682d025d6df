#include "natural_order.hpp"

#include <algorithm>
#include <compare>
#include <postrider/core/ascii.hpp>

namespace postrider::folder {
namespace {

/// Takes the digits that `text` begins with, and returns them without leading zeros.
std::string_view take_number(std::string_view& text) noexcept {
    auto const end = std::find_if_not(text.begin(), text.end(), ascii::is_digit);
    auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

std::strong_ordering compare_numbers(std::string_view a, std::string_view b) noexcept {
    if (auto const longer = a.size() <=> b.size(); longer != 0) return longer;
    return a <=> b;
}

}  // namespace

bool natural_less(std::string_view a, std::string_view b) noexcept {
    std::string_view rest_a = a, rest_b = b;
    while (!rest_a.empty() && !rest_b.empty()) {
        if (ascii::is_digit(rest_a.front()) && ascii::is_digit(rest_b.front())) {
            auto const number_a = take_number(rest_a), number_b = take_number(rest_b);
            if (auto const order = compare_numbers(number_a, number_b); order != 0) return order < 0;
        } else {
            if (rest_a.front() != rest_b.front()) return rest_a.front() < rest_b.front();
            rest_a.remove_prefix(1);
            rest_b.remove_prefix(1);
        }
    }
    if (rest_a.empty() != rest_b.empty()) return rest_a.empty();
    return a < b;
}

}  // namespace postrider::folder
