#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "css_reader.hpp"
#include "html_document.hpp"

namespace postrider::lint {

/// What declarations say of how an element looks; nothing where they do not say it.
struct declared_look {
    std::optional<bool> no_display, invisible, transparent, mso_hidden;
    std::optional<bool> tiny;
    std::optional<std::string> colour, background;  ///< "#rrggbb"; empty where it is not known

    void take(css_item const& declaration, std::string_view value);
    void override_with(declared_look const& stronger);
};

/// What is said, and what is said with "!important".
struct declared_looks {
    declared_look usual, important;

    void take(css_item const& declaration);
    void override_with(declared_looks const& stronger);
};

/// What the `style` elements read so far say of the look of elements. Selectors of one element are understood: its name,
/// `.class`, `#id`, a name with one of these, `*`, and lists of them. Rules with other selectors and those inside of
/// at-rules (which hold for some screens alone) are passed over, so that nothing is told hidden that can be seen.
/// One look-up takes time by the element's own classes alone, however many rules there are.
class style_rules {
public:
    void add(std::string_view style_sheet);
    declared_looks look_of(html_element const&) const;
    /// Whether a rule that is passed over has a background: any element may then stand on another than is known here.
    bool paints_unknown() const noexcept { return paints_unknown_; }

private:
    struct rule {
        declared_looks says;
        std::size_t order = 0;  // of the last that had this selector
    };

    void add_selector(std::string_view selector, declared_looks const& says);
    void collect(std::string const& selector, std::vector<rule const*>& into) const;

    std::unordered_map<std::string, rule> rules_;  // by selector: "p", ".c", "p.c", "#i", "p#i", "*"
    std::size_t added_ = 0;
    bool paints_unknown_ = false;
};

}  // namespace postrider::lint
