#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "context.hpp"
#include "store/store.hpp"

namespace postrider::devserver {

/// What a request's body says: a JSON object, from application/json, of limits::http_body_octets and
/// limits::json_depth.
/// returns    the object, or the response that says what is wrong: 415 for another type, 400 for what is no such object
///            or holds a name that is not among `known`
std::variant<boost::json::object, http_response> body_of(http_request const&,
                                                         std::initializer_list<std::string_view> known);

/// Members of such an object. What is of another type, or beyond a limit, throws bad_body.
struct bad_body {
    complaint about;
};
std::optional<bool> flag_in(boost::json::object const&, std::string_view name);
std::optional<std::string> text_in(boost::json::object const&, std::string_view name);
std::optional<std::vector<std::string>> texts_in(boost::json::object const&, std::string_view name, std::size_t most);
/// Tags: one line each, limits::tag_octets, limits::tags of them.
bool is_tag(std::string_view text) noexcept;
std::optional<std::vector<std::string>> tags_in(boost::json::object const&, std::string_view name);

}  // namespace postrider::devserver
