#include <postrider/mime/json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <postrider/core/digest.hpp>

#include "reading.hpp"

namespace postrider::mime {
namespace {

namespace json = boost::json;

json::value or_null(std::optional<std::string> const& text) {
    return text ? json::value(json::string(*text)) : json::value(nullptr);
}

json::array headers_of(whole_part const& whole) {
    json::array headers;
    headers.reserve(whole.headers.size());
    for (auto const& [name, value] : whole.headers)
        headers.push_back(json::object{{"name", json::string(name)}, {"value", json::string(value)}});
    return headers;
}

json::array defects_of(whole_part const& whole) {
    json::array defects;
    for (defect const& one : whole.defects)
        defects.push_back(json::object{{"name", json::string(to_string(one.kind))}, {"offset", one.offset}});
    return defects;
}

/// Everything but the parts in it, for which a container holds an empty array.
json::object describe(parsed_part const& part) {
    whole_part const whole = read_whole(part);
    json::object told;
    told["headers"] = headers_of(whole);
    told["content_type"] = json::string(part.content_type());
    told["charset"] = or_null(part.charset());
    told["disposition"] = or_null(part.disposition());
    told["filename"] = or_null(part.filename());
    told["content_id"] = or_null(part.content_id());
    told["size"] = nullptr;
    told["sha256"] = nullptr;
    if (whole.content) {
        told["size"] = whole.content->octets().size();
        told["sha256"] = json::string(to_hex(sha256(whole.content->octets())));
    }
    told["text"] = or_null(whole.text);
    told["parts"] = part.is_container() ? json::value(json::array()) : json::value(nullptr);
    told["defects"] = defects_of(whole);
    return told;
}

}  // namespace

json::object to_json(parsed_message const& message) {
    return to_json(message.root());
}

json::object to_json(parsed_part const& part) {
    // Depth first, with the objects from the root to the part at hand on a stack.
    struct open_part {
        json::object told;
        std::vector<parsed_part> children;
        std::size_t next = 0;
    };
    std::vector<open_part> stack;
    stack.push_back({describe(part), part.children()});
    for (;;) {
        open_part& top = stack.back();
        if (top.next < top.children.size()) {
            parsed_part const child = top.children[top.next++];
            stack.push_back({describe(child), child.children()});
            continue;
        }
        json::object told = std::move(top.told);
        stack.pop_back();
        if (stack.empty()) return told;
        stack.back().told["parts"].as_array().push_back(std::move(told));
    }
}

}  // namespace postrider::mime
