#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace postrider::mime::merge {

/// Where a row's value goes in.
struct hole {
    std::string name;
    std::optional<std::string> fallback;  ///< for an empty value
    bool raw = false;                     ///< written with three braces
    std::size_t column = 0;               ///< of the row
    std::string place;                    ///< for people: "Subject", "the HTML, line 3"
};

/// Literal text and holes, as they follow each other.
using template_text = std::vector<std::variant<std::string, hole>>;

/// What the columns of the rows are called.
using column_names = std::vector<std::string>;

/// Whether there is anything to read as a template.
inline bool looks_like_template(std::string_view text) noexcept {
    return text.find("{{") != text.npos;
}

/// Reads a template by the grammar of mime/merge.hpp.
/// `place`    where the text stands, for people; lines are counted where it has several.
/// `columns`  what holes may name; null leaves their columns at 0.
/// Throws mime::error: bad_hole.
template_text read_template(std::string_view text, std::string_view place, column_names const* columns);

}  // namespace postrider::mime::merge
