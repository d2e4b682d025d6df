#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "css_reader.hpp"
#include "html_document.hpp"

namespace postrider::lint {

/// What a property is declared to be, if it is.
template <class Value>
struct declared {
    std::optional<Value> value;
    std::size_t order = 0;  ///< among declarations of the same weight the later one counts
};

/// What declarations say of how an element looks.
struct declared_look {
    declared<bool> no_display, invisible, transparent, mso_hidden, tiny;
    declared<std::string> colour, background;  ///< "#rrggbb"; empty where it is not known

    void take(css_item const& declaration, std::string_view value, std::size_t order);
    void join(declared_look const& of_same_weight);
    void override_with(declared_look const& stronger);
};

/// What is said, and what is said with "!important".
struct declared_looks {
    declared_look usual, important;

    void take(css_item const& declaration, std::size_t order);
    void join(declared_looks const& of_same_weight);
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
    void add_selector(std::string_view selector, declared_looks const& says);
    void join(std::string const& selector, declared_looks& into) const;

    std::unordered_map<std::string, declared_looks> rules_;  // by selector: "p", ".c", "p.c", "#i", "p#i", "*"
    std::size_t rules_read_ = 0;
    bool paints_unknown_ = false;
};

}  // namespace postrider::lint
