#include <boost/json.hpp>
#include <memory>
#include <postrider/core/limits.hpp>

#include "body.hpp"
#include "context.hpp"
#include "select.hpp"

// PATCH and DELETE of messages: one, several, or those that a query finds.
namespace postrider::devserver {
namespace {

using messages = std::vector<caught_message>;

message_change change_in(boost::json::object const& body) {
    message_change wanted;
    wanted.unread = flag_in(body, "unread");
    wanted.add_tags = tags_in(body, "add_tags").value_or(std::vector<std::string>());
    wanted.remove_tags = tags_in(body, "remove_tags").value_or(std::vector<std::string>());
    wanted.tags = tags_in(body, "tags");
    return wanted;
}

/// Looks for what is meant and does `what` to it on a thread of its own, then tells.
slow_work to_all_that(site const& at, selection meant, change::kinds kind,
                      std::function<messages(found_messages const&)> what,
                      std::function<http_response(std::size_t)> say) {
    auto done = std::make_shared<messages>();
    auto run = [&kept = at.messages, meant = std::move(meant), what = std::move(what), say = std::move(say),
                done]() -> http_response {
        auto found = find_all(kept, meant);
        if (auto* refused = std::get_if<http_response>(&found)) return std::move(*refused);
        *done = what(std::get<found_messages>(found));
        return say(done->size());
    };
    return {std::move(run), [&at, done, kind] { at.changes.publish(kind, *done); }};
}

http_response number_changed(std::size_t count) {
    return json_response({{"changed", count}});
}

answer change_ids(api_context const& asked, std::vector<std::string> const& ids, message_change const& wanted) {
    auto const changed = asked.at.messages.change(asked.at.messages.places_of(ids), wanted);
    asked.at.changes.publish(change::changed, changed);
    return number_changed(changed.size());
}

answer change_many(api_context const& asked, boost::json::object const& body) {
    auto const wanted = change_in(body);
    auto const ids = texts_in(body, "ids", limits::listed_ids);
    auto query = text_in(body, "query");
    auto inbox = text_in(body, "inbox");
    if (ids && (query || inbox)) return error_response("ids-and-query");
    if (ids) return change_ids(asked, *ids, wanted);
    if (!query && !inbox) return error_response("nothing-chosen");
    auto meant = selection_of(query.value_or(""), std::move(inbox));
    if (auto* refused = std::get_if<http_response>(&meant)) return std::move(*refused);
    auto change_found = [&kept = asked.at.messages, wanted](found_messages const& found) {
        return kept.change(found.places, wanted);
    };
    return to_all_that(asked.at, std::get<selection>(std::move(meant)), change::changed, change_found, number_changed);
}

answer change_one(api_context const& asked, std::string const& id, boost::json::object const& body) {
    auto const wanted = change_in(body);
    auto const places = asked.at.messages.places_of({&id, 1});
    asked.at.changes.publish(change::changed, asked.at.messages.change(places, wanted));
    auto const message = asked.at.messages.find(id);
    return message ? summary_response(*message) : no_such_message();
}

template <class Change>
answer with_body(api_context const& asked, std::initializer_list<std::string_view> known, Change const& change) {
    auto body = body_of(asked.request, known);
    if (auto* refused = std::get_if<http_response>(&body)) return std::move(*refused);
    return change(std::get<boost::json::object>(body));
}

http_response nothing_to_say(std::size_t) {
    return json_response(boost::json::object());
}

}  // namespace

answer patch_messages(api_context const& asked) {
    return with_body(asked, {"ids", "query", "inbox", "unread", "add_tags", "remove_tags"},
                     [&](boost::json::object const& body) { return change_many(asked, body); });
}

answer patch_message(api_context const& asked, std::string const& id) {
    return with_body(asked, {"unread", "tags"},
                     [&](boost::json::object const& body) { return change_one(asked, id, body); });
}

answer delete_messages(api_context const& asked) {
    auto meant = selection_of(asked.target);
    if (auto* refused = std::get_if<http_response>(&meant)) return std::move(*refused);
    auto& which = std::get<selection>(meant);
    if (which.query.empty() && !which.inbox) {
        asked.at.messages.clear();
        asked.at.changes.publish({change::cleared, {}});
        return nothing_to_say(0);
    }
    auto remove_found = [&kept = asked.at.messages](found_messages const& found) { return kept.remove(found.places); };
    return to_all_that(asked.at, std::move(which), change::removed, remove_found, nothing_to_say);
}

answer delete_message(api_context const& asked, std::string const& id) {
    auto const gone = asked.at.messages.remove(asked.at.messages.places_of({&id, 1}));
    if (gone.empty()) return no_such_message();
    asked.at.changes.publish(change::removed, gone);
    return nothing_to_say(0);
}

}  // namespace postrider::devserver
