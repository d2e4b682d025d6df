#include "api.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <optional>
#include <system_error>

#include "http_target.hpp"
#include "message_view.hpp"
#include "page.hpp"
#include "utc_time.hpp"

namespace postrider::devserver {
namespace {

constexpr std::uint64_t default_page = 50, largest_page = 1000;
constexpr std::size_t longest_query = 1000;
constexpr std::uint64_t default_wait_seconds = 10, longest_wait_seconds = 300;

struct context {
    http_request const& request;
    http_target const& target;
    site const& at;
};

http_response json_response(boost::json::value const& value) {
    http_response response;
    response.body = boost::json::serialize(value) + "\n";
    return response;
}

http_response no_such_message() {
    return error_response(404, "no such message");
}

http_response only(std::string_view methods) {
    auto response = error_response(405, "this takes " + std::string(methods));
    response.fields.emplace_back("Allow", methods);
    return response;
}

std::optional<std::uint64_t> to_number(std::string_view text) {
    std::uint64_t number = 0;
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || ec != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// The number in the query, `otherwise` where there is none, nothing where it is no number.
std::optional<std::uint64_t> number_in(http_target const& target, std::string const& name, std::uint64_t otherwise) {
    return target[name].empty() ? otherwise : to_number(target[name]);
}

bool is_get(http_request const& request) {
    return request.method == "GET" || request.method == "HEAD";
}

http_response list(context const& asked) {
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

http_response clear(context const& asked) {
    asked.at.messages.clear();
    asked.at.changes.publish({change::cleared, {}});
    return json_response(boost::json::object());
}

http_response show(context const& asked, std::string const& id) {
    auto message = asked.at.messages.find(id);
    auto octets = asked.at.messages.octets(id);
    if (!message || !octets) return no_such_message();
    asked.at.messages.mark_read(id);
    auto object = to_json(*message);
    for (auto& field : structure_of(*octets))
        object.insert_or_assign(field.key() == "size" ? "content_size" : field.key(), std::move(field.value()));
    return json_response(std::move(object));
}

http_response remove(context const& asked, std::string const& id) {
    if (!asked.at.messages.remove(id)) return no_such_message();
    caught_message gone;
    gone.id = id;
    asked.at.changes.publish({change::removed, gone});
    return json_response(boost::json::object());
}

/// The octets of a message that was not discarded, or the response that says why there are none.
std::variant<std::string, http_response> whole_octets(context const& asked, std::string const& id) {
    auto message = asked.at.messages.find(id);
    if (!message) return no_such_message();
    if (message->discarded) return error_response(410, "only the header of this message was kept");
    return asked.at.messages.octets(id).value_or("");
}

http_response raw(context const& asked, std::string const& id) {
    auto octets = whole_octets(asked, id);
    if (auto* refused = std::get_if<http_response>(&octets)) return std::move(*refused);
    http_response response;
    response.content_type = "message/rfc822";
    response.body = std::move(std::get<std::string>(octets));
    response.fields = {{"Content-Disposition", attachment_disposition(id + ".eml")},
                       {"Content-Security-Policy", "sandbox; default-src 'none'"}};
    return response;
}

http_response transcript(context const& asked, std::string const& id) {
    auto lines = asked.at.messages.transcript(id);
    if (!lines) return no_such_message();
    boost::json::array array;
    for (auto const& line : *lines)
        array.push_back({{"at", utc_time(line.at)},
                         {"from", line.from == trace_side::client ? "client" : "server"},
                         {"line", line.line}});
    return json_response(std::move(array));
}

http_response html(context const& asked, std::string const& id) {
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

http_response part(context const& asked, std::string const& id, std::string const& number) {
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

answer wait(context const& asked) {
    auto const& text = asked.target["timeout"];
    auto seconds = number_in(asked.target, "timeout", default_wait_seconds);
    if (!seconds || *seconds > longest_wait_seconds)
        return error_response(
            400, "timeout is in whole seconds, " + std::to_string(longest_wait_seconds) + " at most: " + text);
    return wait_for_message{asked.target["to"], asked.target["subject"], std::chrono::seconds(*seconds)};
}

answer one_message(context const& asked, std::string const& id, std::string const& what) {
    if (what.empty()) {
        if (asked.request.method == "DELETE") return remove(asked, id);
        return is_get(asked.request) ? show(asked, id) : only("GET, HEAD, DELETE");
    }
    if (what != "raw" && what != "transcript" && what != "html") return error_response(404, "no such resource");
    if (!is_get(asked.request)) return only("GET, HEAD");
    return what == "raw" ? raw(asked, id) : what == "html" ? html(asked, id) : transcript(asked, id);
}

answer api(context const& asked) {
    auto const& path = asked.target.path;  // api v1 name...
    auto const& name = path[2];
    if (name == "messages" && path.size() == 3) {
        if (asked.request.method == "DELETE") return clear(asked);
        return is_get(asked.request) ? list(asked) : only("GET, HEAD, DELETE");
    }
    if (name == "messages" && path.size() <= 5) return one_message(asked, path[3], path.size() == 5 ? path[4] : "");
    if (name == "messages" && path.size() == 6 && path[4] == "parts")
        return is_get(asked.request) ? part(asked, path[3], path[5]) : only("GET, HEAD");
    if ((name != "wait" && name != "events") || path.size() != 3) return error_response(404, "no such resource");
    if (asked.request.method != "GET") return only("GET");
    return name == "wait" ? wait(asked) : event_stream{};
}

answer route(context const& asked) {
    auto const& path = asked.target.path;
    if (path.size() >= 3 && path[0] == "api" && path[1] == "v1") return api(asked);
    auto file = path.size() > 1 ? std::nullopt : page_file(path.empty() ? "" : path[0]);
    if (!file) return error_response(404, "no such resource");
    if (!is_get(asked.request)) return only("GET, HEAD");
    http_response response;
    response.content_type = file->content_type;
    response.body = file->octets;
    return response;
}

/// The sandboxed frame in which an HTML part is shown has no origin, and some browsers say so when they ask for its
/// images. No page of a stranger's can read such an answer, nor guess its address.
bool is_image_of_sandbox(http_request const& request, http_target const& target) {
    auto const& path = target.path;
    return request.origin == "null" && request.method == "GET" && path.size() == 6 && path[2] == "messages" &&
           path[4] == "parts";
}

}  // namespace

answer respond(http_request const& request, site const& at) {
    if (!is_own_host(request.host, at.bound_host)) return error_response(421, "this server is not " + request.host);
    auto target = parse_target(request.target);
    if (!target) return error_response(400, "the request's target makes no sense");
    if (!is_own_origin(request.origin, request.host) && !is_image_of_sandbox(request, *target))
        return error_response(403, "this comes from another site's page");
    try {
        return route({request, *target, at});
    } catch (std::system_error const& failure) {
        return error_response(500, std::string("the store: ") + failure.what());
    }
}

}  // namespace postrider::devserver
