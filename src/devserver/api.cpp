#include "api.hpp"

#include <array>
#include <optional>
#include <system_error>

#include "api_context.hpp"
#include "http_target.hpp"
#include "page.hpp"

namespace postrider::devserver {
namespace {

constexpr std::array families{checks_api, release_api, import_api, export_api, messages_api, live_api, faults_api};

bool is_api(http_target const& target) {
    return target.path.size() >= 3 && target.path[0] == "api" && target.path[1] == "v1";
}

answer api(api_context const& asked) {
    for (auto* family : families)
        if (auto found = family(asked)) return std::move(*found);
    return error_response(404, "no such resource");
}

answer page(api_context const& asked) {
    auto const& path = asked.target.path;
    std::string name;
    for (auto const& segment : path) name.append(name.empty() ? "" : "/").append(segment);
    auto file = page_file(name);
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
        return is_api(*target) ? api({request, *target, at}) : page({request, *target, at});
    } catch (std::system_error const& failure) {
        return error_response(500, std::string("the store: ") + failure.what());
    }
}

}  // namespace postrider::devserver
