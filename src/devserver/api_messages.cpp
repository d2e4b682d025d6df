#include <algorithm>
#include <boost/json.hpp>

#include "api_context.hpp"
#include "message_view.hpp"
#include "utc_time.hpp"

namespace postrider::devserver {
namespace {

constexpr std::uint64_t default_page = 50, largest_page = 1000;
constexpr std::size_t longest_query = 1000;

http_response list(api_context const& asked) {
    auto limit = number_in(asked.target, "limit", default_page);
    auto offset = number_in(asked.target, "offset", 0);
    auto const& query = asked.target["query"];
    if (!limit || !offset) return error_response(400, "limit and offset are whole numbers");
    if (query.size() > longest_query) return error_response(400, "query is too long");
    auto page = asked.at.messages.list(std::min(*limit, largest_page), *offset, query);
    boost::json::array messages;
    for (auto const& message : page.messages) messages.push_back(to_json(message));
    return json_response({{"total", page.total}, {"messages", std::move(messages)}});
}

http_response clear(api_context const& asked) {
    asked.at.messages.clear();
    asked.at.changes.publish({change::cleared, {}});
    return json_response(boost::json::object());
}

http_response show(api_context const& asked, std::string const& id) {
    auto message = asked.at.messages.find(id);
    auto octets = asked.at.messages.octets(id);
    if (!message || !octets) return no_such_message();
    asked.at.messages.mark_read(id);
    auto object = to_json(*message);
    for (auto& field : structure_of(*octets))
        object.insert_or_assign(field.key() == "size" ? "content_size" : field.key(), std::move(field.value()));
    return json_response(std::move(object));
}

http_response remove(api_context const& asked, std::string const& id) {
    if (!asked.at.messages.remove(id)) return no_such_message();
    caught_message gone;
    gone.id = id;
    asked.at.changes.publish({change::removed, gone});
    return json_response(boost::json::object());
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
    if (!document) return error_response(404, "no such HTML part");
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
    if (!content) return error_response(404, "no such part");
    http_response response;
    response.content_type = content->content_type;
    response.body = std::move(content->octets);
    response.fields = {{"Content-Disposition", attachment_disposition(content->file_name)},
                       {"Content-Security-Policy", "sandbox; default-src 'none'"}};
    return response;
}

answer one_message(api_context const& asked, std::string const& id, std::string const& what) {
    if (what.empty()) {
        if (asked.request.method == "DELETE") return remove(asked, id);
        return is_get(asked.request) ? show(asked, id) : only("GET, HEAD, DELETE");
    }
    if (what != "raw" && what != "transcript" && what != "html") return error_response(404, "no such resource");
    if (!is_get(asked.request)) return only("GET, HEAD");
    return what == "raw" ? raw(asked, id) : what == "html" ? html(asked, id) : transcript(asked, id);
}

}  // namespace

api_answer messages_api(api_context const& asked) {
    if (asked.segment(0) != "messages") return std::nullopt;
    auto const depth = asked.depth();
    if (depth == 1) {
        if (asked.request.method == "DELETE") return clear(asked);
        return is_get(asked.request) ? list(asked) : only("GET, HEAD, DELETE, POST");
    }
    if (depth <= 3) return one_message(asked, asked.segment(1), asked.segment(2));
    if (depth == 4 && asked.segment(2) == "parts")
        return is_get(asked.request) ? part(asked, asked.segment(1), asked.segment(3)) : only("GET, HEAD");
    return std::nullopt;
}

}  // namespace postrider::devserver
