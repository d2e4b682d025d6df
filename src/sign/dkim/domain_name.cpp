#include "domain_name.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>

namespace postrider::dkim {
namespace {

bool is_label(std::string_view label) noexcept {
    auto const fits = [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_'; };
    return !label.empty() && label.size() <= 63 && std::all_of(label.begin(), label.end(), fits);
}

}  // namespace

bool is_domain_name(std::string_view name) noexcept {
    if (name.size() > 253) return false;
    for (;;) {
        std::size_t const dot = name.find('.');
        if (!is_label(name.substr(0, dot))) return false;
        if (dot == name.npos) return true;
        name.remove_prefix(dot + 1);
    }
}

bool is_at_or_below(std::string_view name, std::string_view parent) noexcept {
    if (name.size() < parent.size()) return false;
    std::size_t const begin = name.size() - parent.size();
    return ascii::equal_without_case(name.substr(begin), parent) && (begin == 0 || name[begin - 1] == '.');
}

}  // namespace postrider::dkim
