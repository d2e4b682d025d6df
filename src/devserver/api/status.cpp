#include <boost/json.hpp>

#include "context.hpp"
#include "utc_time.hpp"

namespace postrider::devserver {
namespace {

boost::json::value or_null(std::string const& text) {
    return text.empty() ? boost::json::value() : boost::json::value(text);
}

http_response status(site const& at) {
    auto const& facts = at.facts;
    auto const [total, unread] = at.messages.count();
    boost::json::array accounts(facts.accounts.begin(), facts.accounts.end());
    return json_response({{"version", facts.version},
                          {"token", at.token},
                          {"smtp", or_null(facts.smtp)},
                          {"http", or_null(facts.http)},
                          {"smtps", or_null(facts.smtps)},
                          {"lmtp", or_null(facts.lmtp)},
                          {"pop3", or_null(facts.pop3)},
                          {"store", or_null(facts.store_file)},
                          {"keep", facts.keep},
                          {"keep_for", facts.keep_for.count()},
                          {"total", total},
                          {"unread", unread},
                          {"accepted", at.accepted ? at.accepted() : 0},
                          {"started", utc_time(facts.started)},
                          {"accounts", std::move(accounts)},
                          {"faults", at.faults ? at.faults->entries().size() : 0}});
}

http_response tags(site const& at) {
    boost::json::array counted;
    for (auto const& [tag, count] : at.messages.tags()) counted.push_back({{"tag", tag}, {"count", count}});
    return json_response(std::move(counted));
}

http_response inboxes(site const& at) {
    auto counted = at.messages.inboxes();
    counted.try_emplace("");
    for (auto const& name : at.facts.inboxes) counted.try_emplace(name);
    boost::json::array listed;
    for (auto const& [name, sums] : counted)
        listed.push_back({{"name", name}, {"total", sums.total}, {"unread", sums.unread}});
    return json_response(std::move(listed));
}

}  // namespace

api_answer status_api(api_context const& asked) {
    auto const& name = asked.segment(0);
    if (asked.depth() != 1 || (name != "status" && name != "tags" && name != "inboxes")) return std::nullopt;
    if (!is_get(asked.request)) return only("GET, HEAD");
    return name == "status" ? status(asked.at) : name == "tags" ? tags(asked.at) : inboxes(asked.at);
}

}  // namespace postrider::devserver
