#include <algorithm>
#include <boost/json.hpp>
#include <span>

#include "context.hpp"
#include "message_view.hpp"
#include "select.hpp"
#include "utc_time.hpp"

namespace postrider::devserver {
namespace {

constexpr std::uint64_t default_page = 50, largest_page = 1000;

http_response page_response(message_page const& page) {
    boost::json::array messages;
    for (auto const& message : page.messages) messages.push_back(to_json(message));
    return json_response({{"total", page.total}, {"unread", page.unread}, {"messages", std::move(messages)}});
}

http_response found(store const& in, selection const& meant, std::uint64_t limit, std::uint64_t offset) {
    auto all = find_all(in, meant);
    if (auto* refused = std::get_if<http_response>(&all)) return std::move(*refused);
    auto const& [places, unread] = std::get<found_messages>(all);
    auto const begin = static_cast<std::size_t>(std::min<std::uint64_t>(offset, places.size()));
    auto const count = static_cast<std::size_t>(std::min<std::uint64_t>(limit, places.size() - begin));
    return page_response({places.size(), unread, in.at(std::span(places).subspan(begin, count))});
}

answer list(api_context const& asked) {
    auto const limit = number_in(asked.target, "limit", default_page);
    auto const offset = number_in(asked.target, "offset", 0);
    if (!limit || !offset) return error_response("bad-page");
    auto const rows = std::min(*limit, largest_page);
    auto meant = selection_of(asked.target);
    if (auto* refused = std::get_if<http_response>(&meant)) return std::move(*refused);
    auto& which = std::get<selection>(meant);
    if (which.query.empty()) return page_response(asked.at.messages.list(rows, *offset, which.inbox));
    return slow_work{[&in = asked.at.messages, which = std::move(which), rows, offset = *offset] {
                         return found(in, which, rows, offset);
                     },
                     {}};
}

void mark_read(api_context const& asked, caught_message& message) {
    if (!message.unread || asked.request.method != "GET" || asked.target["peek"] == "1") return;
    message_change read;
    read.unread = false;
    auto const changed = asked.at.messages.change(asked.at.messages.places_of({&message.id, 1}), read);
    if (!changed.empty()) message = changed.front();
    asked.at.changes.publish(change::changed, changed);
}

http_response show(api_context const& asked, std::string const& id) {
    auto message = asked.at.messages.find(id);
    auto octets = asked.at.messages.octets(id);
    if (!message || !octets) return no_such_message();
    mark_read(asked, *message);
    auto object = to_json(*message);
    object["envelope"] = boost::json::parse(asked.at.messages.envelope(id).value_or("{}"));
    for (auto& field : structure_of(*octets))
        object.insert_or_assign(field.key() == "size" ? "content_size" : field.key(), std::move(field.value()));
    return json_response(std::move(object));
}

http_response raw(api_context const& asked, std::string const& id) {
    auto octets = whole_octets(asked, id);
    if (auto* refused = std::get_if<http_response>(&octets)) return std::move(*refused);
    http_response response;
    response.content_type = "message/rfc822";
    response.body = std::move(std::get<std::string>(octets));
    response.fields = {{"Content-Disposition", attachment_disposition(id + ".eml")},
                       {"Content-Security-Policy", "sandbox; default-src 'none'"}};
    return response;
}

http_response transcript(api_context const& asked, std::string const& id) {
    auto lines = asked.at.messages.transcript(id);
    if (!lines) return no_such_message();
    boost::json::array array;
    for (auto const& line : *lines)
        array.push_back({{"at", utc_time(line.at)},
                         {"from", line.from == trace_side::client ? "client" : "server"},
                         {"line", line.line}});
    return json_response(std::move(array));
}

http_response html(api_context const& asked, std::string const& id) {
    auto octets = whole_octets(asked, id);
    if (auto* refused = std::get_if<http_response>(&octets)) return std::move(*refused);
    auto path = "/api/v1/messages/" + id + "/parts/";
    auto document = html_of(std::get<std::string>(octets), to_number(asked.target["part"]), path);
    if (!document) return error_response("no-such-html-part");
    http_response response;
    response.content_type = "text/html; charset=utf-8";
    response.body = std::move(*document);
    response.fields = {{"Content-Security-Policy", html_policy("http://" + asked.request.host + path)}};
    return response;
}

http_response part(api_context const& asked, std::string const& id, std::string const& number) {
    auto octets = whole_octets(asked, id);
    if (auto* refused = std::get_if<http_response>(&octets)) return std::move(*refused);
    auto index = to_number(number);
    auto content = index ? part_of(std::get<std::string>(octets), *index) : std::nullopt;
    if (!content) return error_response("no-such-part");
    http_response response;
    response.content_type = content->content_type;
    response.body = std::move(content->octets);
    response.fields = {{"Content-Disposition", attachment_disposition(content->file_name)},
                       {"Content-Security-Policy", "sandbox; default-src 'none'"}};
    return response;
}

answer one_message(api_context const& asked, std::string const& id, std::string const& what) {
    if (what.empty()) {
        if (asked.request.method == "DELETE") return delete_message(asked, id);
        if (asked.request.method == "PATCH") return patch_message(asked, id);
        return is_get(asked.request) ? show(asked, id) : only("GET, HEAD, PATCH, DELETE");
    }
    if (what != "raw" && what != "transcript" && what != "html") return error_response("no-such-resource");
    if (!is_get(asked.request)) return only("GET, HEAD");
    return what == "raw" ? raw(asked, id) : what == "html" ? html(asked, id) : transcript(asked, id);
}

}  // namespace

api_answer messages_api(api_context const& asked) {
    if (asked.segment(0) != "messages") return std::nullopt;
    auto const depth = asked.depth();
    if (depth == 1) {
        if (asked.request.method == "DELETE") return delete_messages(asked);
        if (asked.request.method == "PATCH") return patch_messages(asked);
        return is_get(asked.request) ? list(asked) : only("GET, HEAD, PATCH, DELETE, POST");
    }
    if (depth <= 3) return one_message(asked, asked.segment(1), asked.segment(2));
    if (depth == 4 && asked.segment(2) == "parts")
        return is_get(asked.request) ? part(asked, asked.segment(1), asked.segment(3)) : only("GET, HEAD");
    return std::nullopt;
}

}  // namespace postrider::devserver
