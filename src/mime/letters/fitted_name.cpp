#include "fitted_name.hpp"

#include <algorithm>
#include <cstddef>
#include <postrider/codec/charset.hpp>

namespace postrider::mime {
namespace {

// File systems allow 255 octets; a program that saves to a temporary name beside it needs a few of them.
constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_ending = 24;

// From its dot on; nothing for a name without one. What follows the dot of "Mr. Smith" is none.
std::string_view ending_of(std::string_view name) noexcept {
    auto const dot = name.rfind('.');
    if (dot == name.npos || dot == 0 || name.size() - dot > longest_ending) return {};
    auto const ending = name.substr(dot);
    return ending.find(' ') == ending.npos ? ending : std::string_view();
}

}  // namespace

std::string fitted_name(std::string_view name, std::string_view added) {
    auto const ending = ending_of(name);
    auto stem = name.substr(0, name.size() - ending.size());
    auto const room = longest_name - added.size() - ending.size();
    if (stem.size() > room) {
        stem = stem.substr(0, codec::utf8_prefix(stem, room));
        stem = stem.substr(0, stem.find_last_not_of(" .") + 1);
    }
    return std::string(stem).append(added).append(ending);
}

}  // namespace postrider::mime
