#include "api_body.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>

namespace postrider::devserver {
namespace {

namespace json = boost::json;

}  // namespace

std::variant<json::object, http_response> body_of(http_request const& request,
                                                  std::initializer_list<std::string_view> known) {
    if (request.content_type != "application/json") return error_response(415, "the body is to be application/json");
    json::parse_options options;
    options.max_depth = limits::json_depth;
    json::error_code ec;
    auto value = json::parse(request.body, ec, {}, options);
    if (ec) return error_response(400, "the body is no JSON: " + ec.message());
    if (!value.is_object()) return error_response(400, "the body is to be a JSON object");
    for (auto const& member : value.as_object())
        if (std::find(known.begin(), known.end(), std::string_view(member.key())) == known.end())
            return error_response(400, "nothing here is called \"" + std::string(member.key()) + '"');
    return std::move(value.as_object());
}

std::optional<bool> flag_in(json::object const& body, std::string_view name) {
    auto const* member = body.if_contains(name);
    if (!member || member->is_null()) return std::nullopt;
    if (!member->is_bool()) throw bad_body{'"' + std::string(name) + "\" is true or false"};
    return member->get_bool();
}

std::optional<std::string> text_in(json::object const& body, std::string_view name) {
    auto const* member = body.if_contains(name);
    if (!member || member->is_null()) return std::nullopt;
    if (!member->is_string()) throw bad_body{'"' + std::string(name) + "\" is a text"};
    return std::string(member->get_string());
}

std::optional<std::vector<std::string>> texts_in(json::object const& body, std::string_view name, std::size_t most) {
    auto const* member = body.if_contains(name);
    if (!member || member->is_null()) return std::nullopt;
    if (!member->is_array()) throw bad_body{'"' + std::string(name) + "\" is a list of texts"};
    auto const& array = member->get_array();
    if (array.size() > most) throw bad_body{'"' + std::string(name) + "\" lists " + std::to_string(most) + " at most"};
    std::vector<std::string> texts;
    for (auto const& text : array) {
        if (!text.is_string()) throw bad_body{'"' + std::string(name) + "\" is a list of texts"};
        texts.emplace_back(text.get_string());
    }
    return texts;
}

bool is_tag(std::string_view text) noexcept {
    return !text.empty() && text.size() <= limits::tag_octets &&
           std::none_of(text.begin(), text.end(), ascii::is_control);
}

std::optional<std::vector<std::string>> tags_in(json::object const& body, std::string_view name) {
    auto tags = texts_in(body, name, limits::tags);
    if (tags && !std::all_of(tags->begin(), tags->end(), is_tag))
        throw bad_body{"a tag is one line of " + std::to_string(limits::tag_octets) + " octets at most"};
    return tags;
}

}  // namespace postrider::devserver
