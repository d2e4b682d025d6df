#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::lint {

/// Something that a style sheet says.
struct css_item {
    enum kind { at_rule, selector, declaration } what;
    std::string name;            ///< of an at-rule or a property, in lower case; of a selector list, all of it
    std::string value;           ///< what stands behind the name, comments left out
    std::size_t offset = 0;      ///< in the style sheet
    std::size_t depth = 0;       ///< how many blocks it stands in
    bool in_style_rule = false;  ///< a selector inside the block of another: CSS Nesting
};

struct css_sheet {
    std::vector<css_item> items;
    std::size_t comments = 0;
    bool is_complete = true;  ///< no limit was reached
};

/// Cuts a style sheet into at-rules, selectors and declarations, as CSS Syntax Level 3 §5.4 does, in one pass without
/// recursion; what makes no sense is passed over up to the next ";" or "}". Blocks deeper than limits::lint_css_depth
/// and octets beyond limits::lint_css_octets are not looked at.
css_sheet read_style_sheet(std::string_view css);

/// The declarations of a style attribute.
std::vector<css_item> read_declarations(std::string_view style);

/// The names of the functions in a value ("calc", "rgb"), and the units of its numbers ("px", "%"), in lower case.
struct css_words {
    std::vector<std::string> functions, units, keywords;
};
css_words words_of_value(std::string_view value);

}  // namespace postrider::lint
