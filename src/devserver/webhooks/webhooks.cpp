#include "webhooks.hpp"

#include <boost/json/serialize.hpp>

#include "api/api.hpp"

namespace postrider::devserver {

webhooks::webhooks(webhook_options const& options, feed& changes)
    : listening_(changes, [this](change const& news) { take(news); }) {
    for (auto const& url : options.urls) queues_.emplace_back(url, options);
}

void webhooks::take(change const& news) {
    if (news.kind != change::added || queues_.empty()) return;
    auto const told =
        boost::json::serialize(boost::json::object{{"event", "added"}, {"message", to_json(news.message)}});
    for (auto& queue : queues_) queue.push(told);
}

}  // namespace postrider::devserver
