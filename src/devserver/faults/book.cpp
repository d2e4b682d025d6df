#include "book.hpp"

#include <algorithm>
#include <postrider/devserver/refuse_rule.hpp>
#include <utility>

namespace postrider::devserver {
namespace {

bool speaks_of(fault_rule const& rule, fault_rule::stages stage, std::span<std::string_view const> about) noexcept {
    using stages = fault_rule::stages;
    bool const is_answer = stage != stages::connect && stage != stages::content;
    if (rule.stage != stage && !(rule.stage == stages::any && is_answer)) return false;
    return !rule.pattern || std::any_of(about.begin(), about.end(),
                                        [&](std::string_view one) { return matches_pattern(*rule.pattern, one); });
}

/// From 0 up to 1, the same on every machine, which the standard's distributions are not.
double next_fraction(std::mt19937_64& numbers) {
    constexpr int bits_of_double = 53;
    return static_cast<double>(numbers() >> (64 - bits_of_double)) / static_cast<double>(1ull << bits_of_double);
}

bool strikes(fault_book::entry& one) {
    if (one.seen++ < one.rule.after || one.left() == 0u) return false;
    return one.rule.probability >= 1 || next_fraction(one.numbers) < one.rule.probability;
}

}  // namespace

std::optional<std::uint64_t> fault_book::entry::left() const noexcept {
    if (!rule.times) return {};
    return *rule.times - std::min(met, *rule.times);
}

fault_book::entry const& fault_book::add(fault_rule rule) {
    ++added_;
    return entries_.emplace_back(
        entry{std::to_string(added_), std::move(rule), std::mt19937_64(seed_ * 1000 + added_)});
}

bool fault_book::remove(std::string_view id) {
    return std::erase_if(entries_, [&](entry const& one) { return one.id == id; }) > 0;
}

fault_book::entry* fault_book::strike(fault_rule::stages stage, std::span<std::string_view const> about) {
    for (auto& one : entries_)
        if (speaks_of(one.rule, stage, about) && strikes(one)) {
            ++one.met;
            return &one;
        }
    return nullptr;
}

}  // namespace postrider::devserver
