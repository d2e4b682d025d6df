#include "body.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>

namespace postrider::devserver {
namespace {

namespace json = boost::json;

bad_body wrong_member(problem what, std::string_view name) {
    return {{what, {{"name", std::string(name)}}}};
}

}  // namespace

std::variant<json::object, http_response> body_of(http_request const& request,
                                                  std::initializer_list<std::string_view> known) {
    if (request.content_type != "application/json") return error_response("not-json");
    json::parse_options options;
    options.max_depth = limits::json_depth;
    json::error_code ec;
    auto value = json::parse(request.body, ec, {}, options);
    if (ec) return error_response("malformed-json", {{"why", ec.message()}});
    if (!value.is_object()) return error_response("no-object");
    for (auto const& member : value.as_object())
        if (std::find(known.begin(), known.end(), std::string_view(member.key())) == known.end())
            return error_response("unknown-member", {{"name", std::string(member.key())}});
    return std::move(value.as_object());
}

std::optional<bool> flag_in(json::object const& body, std::string_view name) {
    auto const* member = body.if_contains(name);
    if (!member || member->is_null()) return std::nullopt;
    if (!member->is_bool()) throw wrong_member("member-no-flag", name);
    return member->get_bool();
}

std::optional<std::string> text_in(json::object const& body, std::string_view name) {
    auto const* member = body.if_contains(name);
    if (!member || member->is_null()) return std::nullopt;
    if (!member->is_string()) throw wrong_member("member-no-text", name);
    return std::string(member->get_string());
}

std::optional<std::vector<std::string>> texts_in(json::object const& body, std::string_view name, std::size_t most) {
    auto const* member = body.if_contains(name);
    if (!member || member->is_null()) return std::nullopt;
    if (!member->is_array()) throw wrong_member("member-no-texts", name);
    auto const& array = member->get_array();
    if (array.size() > most)
        throw bad_body{{"member-too-long", {{"name", std::string(name)}, {"most", std::to_string(most)}}}};
    std::vector<std::string> texts;
    for (auto const& text : array) {
        if (!text.is_string()) throw wrong_member("member-no-texts", name);
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
        throw bad_body{{"member-no-tag", {{"most", std::to_string(limits::tag_octets)}}}};
    return tags;
}

}  // namespace postrider::devserver
