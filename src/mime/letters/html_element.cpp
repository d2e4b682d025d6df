#include "html_element.hpp"

#include <algorithm>
#include <iterator>
#include <postrider/core/ascii.hpp>

namespace postrider::mime {
namespace {

using enum html_form;

// In order.
constexpr html_element elements[] = {
    {"a", link},
    {"address", block},
    {"area", nothing},
    {"article", block},
    {"aside", block},
    {"base", nothing},
    {"blockquote", quote},
    {"body", block},
    {"br", line_break},
    {"caption", block},
    {"center", block},
    {"col", nothing},
    {"dd", definition},
    {"details", block},
    {"dialog", block},
    {"dir", unordered_list},
    {"div", block},
    {"dl", definitions},
    {"dt", term},
    {"embed", nothing},
    {"fieldset", block},
    {"figcaption", block},
    {"figure", paragraph},
    {"footer", block},
    {"form", block},
    {"frame", nothing},
    {"h1", paragraph},
    {"h2", paragraph},
    {"h3", paragraph},
    {"h4", paragraph},
    {"h5", paragraph},
    {"h6", paragraph},
    {"header", block},
    {"hr", rule},
    {"html", block},
    {"iframe", dropped},
    {"img", image},
    {"input", nothing},
    {"legend", block},
    {"li", list_item},
    {"link", nothing},
    {"listing", preformatted},
    {"main", block},
    {"menu", unordered_list},
    {"meta", nothing},
    {"nav", block},
    {"noembed", dropped},
    {"noframes", dropped},
    {"ol", ordered_list},
    {"p", closed_block},
    {"param", nothing},
    {"pre", preformatted},
    {"q", short_quote},
    {"script", dropped},
    {"section", block},
    {"source", nothing},
    {"style", dropped},
    {"summary", block},
    {"svg", unseen},
    {"table", table},
    {"tbody", block},
    {"td", cell},
    {"template", unseen},
    {"textarea", dropped},
    {"tfoot", block},
    {"th", cell},
    {"thead", block},
    {"title", dropped},
    {"tr", row},
    {"track", nothing},
    {"ul", unordered_list},
    {"wbr", nothing},
    {"xmp", dropped},
};

static_assert(std::is_sorted(std::begin(elements), std::end(elements),
                             [](auto const& a, auto const& b) { return a.name < b.name; }));

constexpr html_element unknown{"", inline_text};
constexpr std::size_t longest_name = 10;

}  // namespace

html_element const& element_of(std::string_view name) noexcept {
    if (name.size() > longest_name) return unknown;
    char lower[longest_name];
    auto* const end = std::transform(name.begin(), name.end(), lower, ascii::to_lower);
    std::string_view const wanted(lower, static_cast<std::size_t>(end - lower));
    auto const* found = std::lower_bound(std::begin(elements), std::end(elements), wanted,
                                         [](html_element const& one, std::string_view of) { return one.name < of; });
    return found != std::end(elements) && found->name == wanted ? *found : unknown;
}

}  // namespace postrider::mime
