#include "comments.hpp"

#include <algorithm>

namespace postrider::mime {

std::size_t end_of_closed_comment(std::string_view text, std::size_t open) noexcept {
    std::size_t depth = 0;
    for (std::size_t at = open; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '(')
            ++depth;
        else if (text[at] == ')' && --depth == 0)
            return at + 1;
    }
    return text.npos;
}

std::size_t end_of_comment(std::string_view text, std::size_t open) noexcept {
    return std::min(end_of_closed_comment(text, open), text.size());
}

std::size_t end_of_closed_quoted_string(std::string_view text, std::size_t open) noexcept {
    for (std::size_t at = open + 1; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
    }
    return text.npos;
}

std::size_t end_of_quoted_string(std::string_view text, std::size_t open) noexcept {
    return std::min(end_of_closed_quoted_string(text, open), text.size());
}

std::string without_comments(std::string_view text) {
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        if (text[at] == '(') {
            at = end_of_comment(text, at);
            continue;
        }
        if (text[at] == '"') end = end_of_quoted_string(text, at);
        kept.append(text, at, end - at);
        at = end;
    }
    return kept;
}

std::string text_of_quoted_string(std::string_view quoted) {
    std::string said;
    said.reserve(quoted.size());
    for (std::size_t at = 1; at < quoted.size() && quoted[at] != '"'; ++at) {
        if (quoted[at] == '\\' && at + 1 < quoted.size()) ++at;
        said += quoted[at];
    }
    return said;
}

std::string as_quoted_string(std::string_view text) {
    std::string quoted = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted += '"';
}

}  // namespace postrider::mime
