#include "select.hpp"

#include <postrider/core/limits.hpp>

namespace postrider::devserver {

std::variant<selection, http_response> selection_of(std::string const& query, std::optional<std::string> inbox) {
    complaint why;
    auto parsed = parse_search_query(query, why);
    if (!parsed) {
        why.text.insert(0, "query, ");
        return error_response(why);
    }
    return selection{*std::move(parsed), std::move(inbox)};
}

std::variant<selection, http_response> selection_of(http_target const& target) {
    return selection_of(target["query"], target.has("inbox") ? std::optional(target["inbox"]) : std::nullopt);
}

std::variant<found_messages, http_response> find_all(store const& in, selection const& meant) {
    auto found = in.search(meant, std::chrono::steady_clock::now() + limits::search_time);
    if (found) return *std::move(found);
    return error_response("search-too-slow", {{"most", std::to_string(limits::search_time.count())}});
}

}  // namespace postrider::devserver
