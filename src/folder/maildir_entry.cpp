#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/folder/maildir_entry.hpp>

#include "natural_order.hpp"

namespace postrider::folder {
namespace {

constexpr std::string_view flags_follow = "2,";

/// The letters of an info, as they are written.
std::string_view letters_in(std::string_view info) noexcept {
    if (!info.starts_with(flags_follow)) return {};
    info.remove_prefix(flags_follow.size());
    auto const end = std::find_if_not(info.begin(), info.end(), ascii::is_alpha);
    return info.substr(0, static_cast<std::size_t>(end - info.begin()));
}

std::string in_order(std::string_view letters) {
    std::string sorted(letters);
    std::ranges::sort(sorted);
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    return sorted;
}

}  // namespace

maildir_entry maildir_entry::from_name(std::string_view file_name, bool is_new) {
    auto const colon = std::min(file_name.find(':'), file_name.size());
    return {std::string(file_name.substr(0, colon)),
            std::string(file_name.substr(std::min(colon + 1, file_name.size()))), is_new};
}

std::string maildir_entry::file_name() const {
    return info.empty() ? unique : unique + ':' + info;
}

std::string maildir_entry::flags() const {
    return in_order(letters_in(info));
}

bool maildir_entry::has_flag(char letter) const noexcept {
    return letters_in(info).find(letter) != std::string_view::npos;
}

std::string maildir_entry::info_with(std::string_view letters) const {
    std::string_view rest;
    if (info.starts_with(flags_follow))
        rest = std::string_view(info).substr(flags_follow.size() + letters_in(info).size());
    return std::string(flags_follow) + in_order(letters) + std::string(rest);
}

bool delivered_before(maildir_entry const& a, maildir_entry const& b) noexcept {
    return natural_less(a.unique, b.unique);
}

}  // namespace postrider::folder
