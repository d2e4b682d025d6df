#include "host_names.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>

namespace postrider::delivery {
namespace {

constexpr std::size_t longest_label = 63, longest_name = 253;

bool is_label(std::string_view label) noexcept {
    bool const fitting = std::ranges::all_of(label, [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_'; });
    return fitting && !label.empty() && label.size() <= longest_label;
}

bool is_number(std::string_view label) noexcept {
    return std::ranges::all_of(label, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool is_host_name(std::string_view name) noexcept {
    if (name.size() > longest_name) return false;
    for (;;) {
        auto const label = name.substr(0, name.find('.'));
        if (!is_label(label)) return false;
        if (label.size() == name.size()) return !is_number(label);
        name.remove_prefix(label.size() + 1);
    }
}

bool leads_to_this_machine(std::string_view address) noexcept {
    constexpr std::string_view mapped = "::ffff:";
    if (address.starts_with(mapped)) address.remove_prefix(mapped.size());
    return address.starts_with("127.") || address.starts_with("0.") || address == "::1" || address == "::";
}

}  // namespace postrider::delivery
