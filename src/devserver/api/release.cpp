#include <algorithm>
#include <boost/json.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/devserver/refuse_rule.hpp>
#include <postrider/mime/address.hpp>

#include "body.hpp"

namespace postrider::devserver {
namespace {

namespace json = boost::json;
using order_or_refusal = std::variant<release_order, http_response>;

std::string listed(std::vector<std::string> const& names) {
    std::string text;
    for (auto const& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

/// One forward-path more, or why there is none.
std::optional<http_response> take_recipient(json::value const& asked, release_options const& how,
                                            std::vector<std::string>& into) {
    auto const address = asked.is_string() ? mime::parse_addr_spec(asked.as_string())
                                           : result<std::string>(make_error_code(std::errc::invalid_argument));
    if (!address) return error_response("release-no-address", {{"text", json::serialize(asked)}});
    auto const is_allowed = [&](std::string const& pattern) { return matches_pattern(pattern, *address); };
    if (!how.to.empty() && std::none_of(how.to.begin(), how.to.end(), is_allowed))
        return error_response("release-recipient", {{"address", *address}, {"allowed", listed(how.to)}});
    if (std::find(into.begin(), into.end(), *address) == into.end()) into.push_back(*address);
    return std::nullopt;
}

std::optional<http_response> take_recipients(json::object const& body, release_options const& how,
                                             std::vector<std::string>& into) {
    auto const* to = body.if_contains("to");
    if (!to || !to->is_array() || to->as_array().empty() || to->as_array().size() > limits::recipients)
        return error_response("release-no-list", {{"most", std::to_string(limits::recipients)}});
    for (auto const& one : to->as_array())
        if (auto wrong = take_recipient(one, how, into)) return wrong;
    return std::nullopt;
}

/// {"to":["a@b"],"account":"name"?,"from":"a@b"?,"resent":bool?}
order_or_refusal read_order(http_request const& request, release_options const& how) {
    auto const read = body_of(request, {"to", "account", "from", "resent"});
    if (auto const* refused = std::get_if<http_response>(&read)) return *refused;
    auto const& body = std::get<json::object>(read);
    release_order order;
    if (auto wrong = take_recipients(body, how, order.to)) return *std::move(wrong);
    order.account = text_in(body, "account").value_or(how.accounts.front());
    if (std::find(how.accounts.begin(), how.accounts.end(), order.account) == how.accounts.end())
        return error_response("release-account", {{"account", order.account}, {"allowed", listed(how.accounts)}});
    order.from = text_in(body, "from").value_or("");
    if (!order.from.empty() && !mime::parse_addr_spec(order.from))
        return error_response("release-from", {{"text", order.from}});
    order.resent = flag_in(body, "resent").value_or(order.resent);
    return order;
}

http_response send_on(release_options const& how, release_order const& order) {
    http_response response;
    response.body = how.send(order) + "\n";
    return response;
}

answer release(api_context const& asked, std::string const& id) {
    auto const* how = asked.at.release;
    if (!how || how->accounts.empty() || !how->send) return error_response("release-off");
    auto octets = whole_octets(asked, id);
    if (auto* refused = std::get_if<http_response>(&octets)) return std::move(*refused);
    auto read = read_order(asked.request, *how);
    if (auto* refused = std::get_if<http_response>(&read)) return std::move(*refused);
    auto order = std::get<release_order>(std::move(read));
    order.octets = std::get<std::string>(std::move(octets));
    if (auto const message = asked.at.messages.find(id)) order.caught_from = message->from;
    return slow_work{[how, order = std::move(order)] { return send_on(*how, order); }};
}

}  // namespace

api_answer release_api(api_context const& asked) {
    if (asked.segment(0) != "messages" || asked.depth() != 3 || asked.segment(2) != "release") return std::nullopt;
    if (asked.request.method != "POST") return only("POST");
    return release(asked, asked.segment(1));
}

}  // namespace postrider::devserver
