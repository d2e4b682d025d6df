#include "findings.hpp"

#include <algorithm>
#include <postrider/core/limits.hpp>

namespace postrider::lint {
namespace {

/// Lines are counted in one pass, however many places ask.
void tell_lines(std::vector<finding>& all, std::string_view octets) {
    std::vector<place*> places;
    for (auto& one : all)
        for (auto& where : one.places)
            if (where.offset && !where.line) places.push_back(&where);
    std::sort(places.begin(), places.end(), [](place const* a, place const* b) { return *a->offset < *b->offset; });
    std::size_t line = 1, counted = 0;
    for (auto* where : places) {
        auto const until = std::min(*where->offset, octets.size());
        line += static_cast<std::size_t>(std::count(octets.begin() + static_cast<std::ptrdiff_t>(counted),
                                                    octets.begin() + static_cast<std::ptrdiff_t>(until), '\n'));
        counted = until;
        where->line = line;
    }
}

}  // namespace

findings::findings() : by_check_(all_checks.size()) {}

void findings::made(check_id id) {
    by_check_[id.index].of = &all_checks[id.index];
}

void findings::fault_of(check_id id, level weight, std::vector<argument> arguments, place where) {
    made(id);
    auto& found = by_check_[id.index];
    found.level = std::max(found.level, weight);
    if (found.count++ == 0) found.arguments = std::move(arguments);
    if (where != place() && found.places.size() < limits::lint_places) found.places.push_back(std::move(where));
}

std::vector<finding> findings::take(std::string_view octets) {
    std::erase_if(by_check_, [](finding const& one) { return !one.of; });
    for (auto& one : by_check_)
        if (one.count > 0) one.arguments.emplace_back("count", one.count);
    tell_lines(by_check_, octets);
    return std::move(by_check_);
}

}  // namespace postrider::lint
