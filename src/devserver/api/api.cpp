#include "api.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <postrider/core/digest.hpp>
#include <system_error>

#include "body.hpp"
#include "context.hpp"
#include "http/target.hpp"
#include "page.hpp"

namespace postrider::devserver {
namespace {

/// A family, and the resources that it answers, as openapi.json has them.
struct family {
    api_answer (*answer)(api_context const&);
    std::string_view resources;
};

constexpr family families[] = {
    {checks_api, "/messages/{id}/checks"},
    {release_api, "/messages/{id}/release"},
    {import_api, "/messages"},
    {export_api, "/messages.mbox"},
    {messages_api,
     "/messages /messages/{id} /messages/{id}/raw /messages/{id}/transcript /messages/{id}/html "
     "/messages/{id}/parts/{number}"},
    {live_api, "/wait /events"},
    {status_api, "/status /tags /inboxes"},
    {faults_api, "/faults /faults/help /faults/{id}"},
    {openapi_api, "/openapi.json"},
};

bool is_api(http_target const& target) {
    return target.path.size() >= 3 && target.path[0] == "api" && target.path[1] == "v1";
}

bool changes_something(http_request const& request) {
    constexpr std::array<std::string_view, 4> changing{"POST", "PUT", "PATCH", "DELETE"};
    return std::find(changing.begin(), changing.end(), request.method) != changing.end();
}

answer api(api_context const& asked) {
    if (changes_something(asked.request) && !equal_in_constant_time(asked.request.token, asked.at.token))
        return error_response("token");
    for (auto const& family : families)
        if (auto found = family.answer(asked)) return std::move(*found);
    return error_response("no-such-resource");
}

bool is_metrics(api_context const& asked) {
    auto const& path = asked.target.path;
    return asked.at.shows_metrics && path.size() == 1 && path[0] == "metrics";
}

answer page(api_context const& asked) {
    auto const& path = asked.target.path;
    if (is_metrics(asked)) return is_get(asked.request) ? metrics_page(asked.at) : only("GET, HEAD");
    std::string name;
    for (auto const& segment : path) name.append(name.empty() ? "" : "/").append(segment);
    auto file = page_file(name);
    if (!file) return error_response("no-such-resource");
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

std::vector<std::string_view> api_resources() {
    std::vector<std::string_view> all;
    for (auto const& family : families)
        for (auto rest = family.resources; !rest.empty();) {
            auto const end = std::min(rest.find(' '), rest.size());
            all.push_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    return all;
}

answer respond(http_request const& request, site const& at) {
    if (!is_own_host(request.host, at.bound_host)) return error_response("wrong-host", {{"host", request.host}});
    auto target = parse_target(request.target);
    if (!target) return error_response("bad-target");
    if (!is_own_origin(request.origin, request.host) && !is_image_of_sandbox(request, *target))
        return error_response("foreign-origin");
    try {
        return is_api(*target) ? api({request, *target, at}) : page({request, *target, at});
    } catch (bad_body const& bad) {
        return error_response(bad.about);
    } catch (std::system_error const& failure) {
        return error_response("store-failed", {{"why", failure.what()}});
    }
}

}  // namespace postrider::devserver
