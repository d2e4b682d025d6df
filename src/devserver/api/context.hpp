#pragma once
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "api.hpp"
#include "http/target.hpp"

namespace postrider::devserver {

/// One request to /api/v1 and what answers it. Each family of resources has a function that takes the requests that
/// are its own and gives nothing for all others.
struct api_context {
    http_request const& request;
    http_target const& target;  ///< its path begins with api, v1
    site const& at;

    /// How many segments the path has behind /api/v1.
    std::size_t depth() const noexcept { return target.path.size() - 2; }
    /// The segment behind /api/v1, or an empty text.
    std::string const& segment(std::size_t index) const;
};

using api_answer = std::optional<answer>;

api_answer release_api(api_context const&);   ///< messages/ID/release
api_answer import_api(api_context const&);    ///< POST messages
api_answer export_api(api_context const&);    ///< messages.mbox
api_answer checks_api(api_context const&);    ///< what is wrong with one message
http_response metrics_page(site const&);      ///< GET /metrics
api_answer messages_api(api_context const&);  ///< messages and what hangs on each
api_answer live_api(api_context const&);      ///< wait, events
api_answer faults_api(api_context const&);    ///< faults
api_answer status_api(api_context const&);    ///< status, tags, inboxes
api_answer openapi_api(api_context const&);   ///< openapi.json

// Of messages: what changes or takes away one, several, or those that a query finds.
answer patch_messages(api_context const&);
answer patch_message(api_context const&, std::string const& id);
answer delete_messages(api_context const&);
answer delete_message(api_context const&, std::string const& id);

bool is_get(http_request const&);  ///< or HEAD
http_response json_response(boost::json::value const&, int status = 200);
http_response no_such_message();
http_response only(std::string_view methods);  ///< 405

/// The number that `text` is, all of it.
std::optional<std::uint64_t> to_number(std::string_view text);
/// The number in the query, `otherwise` where there is none, nothing where it is no number.
std::optional<std::uint64_t> number_in(http_target const&, std::string const& name, std::uint64_t otherwise);

/// The octets of a message that was not discarded, or the response that says why there are none.
std::variant<std::string, http_response> whole_octets(api_context const&, std::string const& id);

}  // namespace postrider::devserver
