#include "context.hpp"
#include "openapi.hpp"

namespace postrider::devserver {

api_answer openapi_api(api_context const& asked) {
    if (asked.segment(0) != "openapi.json" || asked.depth() != 1) return std::nullopt;
    if (!is_get(asked.request)) return only("GET, HEAD");
    http_response response;
    response.body = openapi_description();
    return response;
}

}  // namespace postrider::devserver
