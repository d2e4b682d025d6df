#include "delimiters.hpp"

#include <postrider/core/limits.hpp>

#include "blanks.hpp"

namespace postrider::mime {

void delimiters::close(std::string_view boundary, std::size_t level) {
    auto const found = level_of_.find(boundary);
    if (found != level_of_.end() && found->second == level) level_of_.erase(found);
}

std::optional<delimiters::hit> delimiters::match(std::string_view text) const {
    if (level_of_.empty() || !text.starts_with("--")) return std::nullopt;
    std::string_view const rest = trim_back(text.substr(2));
    if (rest.size() > limits::boundary_octets + 2) return std::nullopt;

    auto const delimits = find(rest);
    auto const closes = rest.ends_with("--") ? find(rest.substr(0, rest.size() - 2)) : std::nullopt;
    if (closes && (!delimits || *closes < *delimits)) return hit{*closes, true};
    if (delimits) return hit{*delimits, false};
    return std::nullopt;
}

std::optional<std::size_t> delimiters::find(std::string_view boundary) const {
    auto const found = level_of_.find(boundary);
    return found == level_of_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace postrider::mime
