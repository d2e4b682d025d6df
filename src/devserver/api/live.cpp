#include "context.hpp"
#include "select.hpp"

namespace postrider::devserver {
namespace {

constexpr std::uint64_t default_wait_seconds = 10, longest_wait_seconds = 300;

answer wait(api_context const& asked) {
    auto const& text = asked.target["timeout"];
    auto seconds = number_in(asked.target, "timeout", default_wait_seconds);
    if (!seconds || *seconds > longest_wait_seconds)
        return error_response("bad-timeout", {{"most", std::to_string(longest_wait_seconds)}, {"text", text}});
    auto meant = selection_of(asked.target);
    if (auto* refused = std::get_if<http_response>(&meant)) return std::move(*refused);
    return wait_for_message{std::get<selection>(std::move(meant)), asked.target["to"], asked.target["subject"],
                            std::chrono::seconds(*seconds)};
}

}  // namespace

api_answer live_api(api_context const& asked) {
    auto const& name = asked.segment(0);
    if ((name != "wait" && name != "events") || asked.depth() != 1) return std::nullopt;
    if (asked.request.method != "GET") return only("GET");
    if (name == "wait") return wait(asked);
    return event_stream{asked.target.has("inbox") ? std::optional(asked.target["inbox"]) : std::nullopt};
}

}  // namespace postrider::devserver
