#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "blanks.hpp"

namespace postrider::dkim {

/// "a : b:c", trimmed.
inline std::vector<std::string> split_at_colons(std::string_view list) {
    std::vector<std::string> members;
    for (;;) {
        std::size_t const colon = list.find(':');
        members.emplace_back(trim(list.substr(0, colon)));
        if (colon == list.npos) return members;
        list.remove_prefix(colon + 1);
    }
}

}  // namespace postrider::dkim
