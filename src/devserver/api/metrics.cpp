#include "metrics.hpp"
#include "context.hpp"

namespace postrider::devserver {

http_response metrics_page(site const& at) {
    auto const [stored, unread] = at.messages.count();
    http_response response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body =
        to_text(*at.counted, {stored, unread, at.faults ? at.faults->entries().size() : 0, at.facts.started});
    return response;
}

}  // namespace postrider::devserver
