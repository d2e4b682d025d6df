#pragma once
#include <string>
#include <string_view>

#include "html_document.hpp"
#include "style_rules.hpp"

namespace postrider::lint {

/// How text inside an element looks, as far as attributes and style sheets say; what is inherited is here already.
struct html_look {
    bool hidden = false;
    bool tiny = false;               ///< of at most 3 pixels
    std::string colour = "#000000";  ///< "#rrggbb"; empty where it is not known
    std::string background = "#ffffff";
};

/// The look inside `element`, which stands inside `around`.
html_look look_inside(html_element const& element, html_look const& around, style_rules const& rules);

/// "#rrggbb" of "#rgb", "#rrggbb", "rgb(1, 2, 3)" and the names of HTML 4; empty for all else.
std::string plain_colour(std::string_view text);

}  // namespace postrider::lint
