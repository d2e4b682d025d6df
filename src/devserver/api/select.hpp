#pragma once
#include <string>
#include <variant>

#include "context.hpp"
#include "store/store.hpp"

namespace postrider::devserver {

/// What `query` and `inbox` of a request mean, or 400.
std::variant<selection, http_response> selection_of(http_target const&);
std::variant<selection, http_response> selection_of(std::string const& query, std::optional<std::string> inbox);

/// All that a selection means, or 503 when looking took too long. May take a while: for slow_work.
std::variant<found_messages, http_response> find_all(store const&, selection const&);

}  // namespace postrider::devserver
