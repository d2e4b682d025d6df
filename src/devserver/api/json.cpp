#include <boost/json.hpp>

#include "api.hpp"
#include "utc_time.hpp"

namespace postrider::devserver {

boost::json::object to_json(caught_message const& message) {
    boost::json::array to(message.to.begin(), message.to.end());
    boost::json::array tags(message.tags.begin(), message.tags.end());
    return {{"id", message.id},           {"from", message.from},     {"to", std::move(to)},
            {"subject", message.subject}, {"date", message.date},     {"received", utc_time(message.received)},
            {"size", message.size},       {"unread", message.unread}, {"discarded", message.discarded},
            {"inbox", message.inbox},     {"tags", std::move(tags)},  {"attachments", message.attachments},
            {"preview", message.preview}};
}

std::string to_event(change const& news) {
    boost::json::object data;
    std::string_view name = "cleared";
    if (news.kind == change::added || news.kind == change::changed) {
        name = news.kind == change::added ? "added" : "changed";
        data = to_json(news.message);
    } else if (news.kind == change::removed) {
        name = "removed";
        data["id"] = news.message.id;
    } else if (news.kind == change::faults) {
        name = "faults";
    }
    // JSON on one line never breaks an event's line.
    return "event: " + std::string(name) + "\ndata: " + boost::json::serialize(data) + "\n\n";
}

http_response summary_response(caught_message const& message) {
    http_response response;
    response.body = boost::json::serialize(to_json(message)) + "\n";
    return response;
}

}  // namespace postrider::devserver
