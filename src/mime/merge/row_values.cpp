#include "row_values.hpp"

#include <postrider/codec/charset.hpp>

#include "../characters.hpp"

namespace postrider::mime::merge {

std::string_view row_values::of(hole const& where) {
    auto const value = where.column < row_.values.size() ? row_.values[where.column] : std::string_view();
    if (value.empty()) {
        if (where.fallback) return *where.fallback;
        fail(errc::missing_value, where, "has no value");
        return {};
    }
    if (!utf8_.has(where.column) && !utf8_.remember(where.column, codec::is_utf8(value))) {
        fail(errc::unencodable, where, "has a value that is not UTF-8");
        return {};
    }
    return value;
}

std::string_view row_values::in_field(hole const& where) {
    auto const value = of(where);
    auto const column = where.column;
    if (without_controls_.has(column) || without_controls_.remember(column, !look_at(value).control)) return value;
    fail(errc::control_character, where, "has a value with a line break or another control character");
    return {};
}

void row_values::fail(errc code, hole const& where, std::string_view why) {
    if (failed()) return;
    fail(code, "{{" + where.name + "}} in " + where.place + ' ' + std::string(why));
}

void row_values::fail(errc code, std::string what) {
    if (!failed()) failure_ = merge_failure{code, std::move(what)};
}

void append_filled(std::string& out, template_text const& text, row_values& values) {
    for (auto const& segment : text) {
        if (auto const* literal = std::get_if<std::string>(&segment))
            out += *literal;
        else
            out += values.in_field(std::get<hole>(segment));
    }
}

}  // namespace postrider::mime::merge
