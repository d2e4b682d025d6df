#include "context.hpp"

#include <boost/json.hpp>
#include <charconv>

namespace postrider::devserver {

std::string const& api_context::segment(std::size_t index) const {
    static std::string const none;
    return index < depth() ? target.path[index + 2] : none;
}

bool is_get(http_request const& request) {
    return request.method == "GET" || request.method == "HEAD";
}

http_response json_response(boost::json::value const& value, int status) {
    http_response response;
    response.status = status;
    response.body = boost::json::serialize(value) + "\n";
    return response;
}

http_response no_such_message() {
    return error_response("no-such-message");
}

http_response only(std::string_view methods) {
    auto response = error_response("method", {{"methods", std::string(methods)}});
    response.fields.emplace_back("Allow", methods);
    return response;
}

std::optional<std::uint64_t> to_number(std::string_view text) {
    std::uint64_t number = 0;
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || ec != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<std::uint64_t> number_in(http_target const& target, std::string const& name, std::uint64_t otherwise) {
    return target[name].empty() ? otherwise : to_number(target[name]);
}

std::variant<std::string, http_response> whole_octets(api_context const& asked, std::string const& id) {
    auto message = asked.at.messages.find(id);
    if (!message) return no_such_message();
    if (message->discarded) return error_response("header-only");
    return asked.at.messages.octets(id).value_or("");
}

}  // namespace postrider::devserver
