#include "text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace postrider::app {

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blank = " \t\r\n";
    auto const first = text.find_first_not_of(blank);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> pieces;
    while (!text.empty()) {
        auto const end = std::min(text.find(separator), text.size());
        if (auto piece = trimmed(text.substr(0, end)); !piece.empty()) pieces.emplace_back(piece);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return pieces;
}

std::string human_size(double octets) {
    constexpr std::array units{"B", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    for (; octets >= 1000 && unit + 1 < units.size(); ++unit) octets /= 1000;
    char room[32];
    std::snprintf(room, sizeof room, unit == 0 || octets >= 100 ? "%.0f %s" : "%.1f %s", octets, units[unit]);
    return room;
}

}  // namespace postrider::app
