#include "feature_names.hpp"

#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>
#include <string>
#include <utility>

#include "words.hpp"

/// What caniemail.com calls what mail uses. Most names are those of the element, attribute or property; the rest stands
/// in tables here.
namespace postrider::lint {
namespace {

using names = std::pair<std::string_view, std::string_view>;

constexpr std::array<names, 28> elements{{
    {"article", "html-semantics"},
    {"aside", "html-semantics"},
    {"details", "html-semantics"},
    {"dl", "html-lists"},
    {"figcaption", "html-semantics"},
    {"figure", "html-semantics"},
    {"footer", "html-semantics"},
    {"h1", "html-h1-h6"},
    {"h2", "html-h1-h6"},
    {"h3", "html-h1-h6"},
    {"h4", "html-h1-h6"},
    {"h5", "html-h1-h6"},
    {"h6", "html-h1-h6"},
    {"header", "html-semantics"},
    {"main", "html-semantics"},
    {"map", "html-image-maps"},
    {"mark", "html-semantics"},
    {"nav", "html-semantics"},
    {"ol", "html-lists"},
    {"s", "html-strike"},
    {"section", "html-semantics"},
    {"summary", "html-semantics"},
    {"svg", "html-svg"},
    {"time", "html-semantics"},
    {"ul", "html-lists"},
    {"b", "html-strong"},
    {"amp-img", "amp"},
    {"button", "html-button-submit"},
}};

constexpr std::array<names, 28> attributes{{
    {"align", "html-align"},
    {"aria-describedby", "html-aria-describedby"},
    {"aria-hidden", "html-aria-hidden"},
    {"aria-label", "html-aria-label"},
    {"aria-labelledby", "html-aria-labelledby"},
    {"aria-live", "html-aria-live"},
    {"background", "html-background"},
    {"cellpadding", "html-cellpadding"},
    {"cellspacing", "html-cellspacing"},
    {"dir", "html-dir"},
    {"height", "html-height"},
    {"hidden", "html-hidden"},
    {"lang", "html-lang"},
    {"loading", "html-loading-attribute"},
    {"popover", "html-popover"},
    {"required", "html-required"},
    {"role", "html-role"},
    {"sizes", "html-srcset"},
    {"srcset", "html-srcset"},
    {"target", "html-target"},
    {"valign", "html-valign"},
    {"width", "html-width"},
    {"amp4email", "amp"},
    {"\u26a14email", "amp"},
    {"poster", "image-mp4"},
    {"usemap", "html-image-maps"},
    {"ismap", "html-image-maps"},
    {"bgcolor", "css-background-color"},
}};

// Properties whose page is another's.
constexpr std::array<names, 62> properties{{
    {"animation-name", "css-animation"},
    {"animation-duration", "css-animation"},
    {"block-size", "css-block-inline-size"},
    {"border-block", "css-border-inline-block"},
    {"border-block-end", "css-border-inline-block-individual"},
    {"border-block-start", "css-border-inline-block-individual"},
    {"border-bottom", "css-border"},
    {"border-bottom-left-radius", "css-border-radius"},
    {"border-bottom-right-radius", "css-border-radius"},
    {"border-color", "css-border"},
    {"border-end-end-radius", "css-border-radius-logical"},
    {"border-end-start-radius", "css-border-radius-logical"},
    {"border-inline", "css-border-inline-block"},
    {"border-inline-end", "css-border-inline-block-individual"},
    {"border-inline-start", "css-border-inline-block-individual"},
    {"border-left", "css-border"},
    {"border-right", "css-border"},
    {"border-start-end-radius", "css-border-radius-logical"},
    {"border-start-start-radius", "css-border-radius-logical"},
    {"border-style", "css-border"},
    {"border-top", "css-border"},
    {"border-top-left-radius", "css-border-radius"},
    {"border-top-right-radius", "css-border-radius"},
    {"border-width", "css-border"},
    {"bottom", "css-left-right-top-bottom"},
    {"column-gap", "css-gap"},
    {"column-rule", "css-column-layout-properties"},
    {"column-span", "css-column-layout-properties"},
    {"column-width", "css-column-layout-properties"},
    {"columns", "css-column-layout-properties"},
    {"grid-template-areas", "css-grid-template"},
    {"grid-template-columns", "css-grid-template"},
    {"grid-template-rows", "css-grid-template"},
    {"inline-size", "css-block-inline-size"},
    {"left", "css-left-right-top-bottom"},
    {"margin-block", "css-margin-inline-block"},
    {"margin-block-end", "css-margin-block-start-end"},
    {"margin-block-start", "css-margin-block-start-end"},
    {"margin-bottom", "css-margin"},
    {"margin-inline", "css-margin-inline-block"},
    {"margin-inline-end", "css-margin-inline-start-end"},
    {"margin-inline-start", "css-margin-inline-start-end"},
    {"margin-left", "css-margin"},
    {"margin-right", "css-margin"},
    {"margin-top", "css-margin"},
    {"overflow-x", "css-overflow"},
    {"overflow-y", "css-overflow"},
    {"padding-block", "css-padding-inline-block"},
    {"padding-block-end", "css-padding-block-start-end"},
    {"padding-block-start", "css-padding-block-start-end"},
    {"padding-bottom", "css-padding"},
    {"padding-inline", "css-padding-inline-block"},
    {"padding-inline-end", "css-padding-inline-start-end"},
    {"padding-inline-start", "css-padding-inline-start-end"},
    {"padding-left", "css-padding"},
    {"padding-right", "css-padding"},
    {"padding-top", "css-padding"},
    {"right", "css-left-right-top-bottom"},
    {"row-gap", "css-gap"},
    {"scroll-snap-align", "css-scroll-snap"},
    {"scroll-snap-type", "css-scroll-snap"},
    {"top", "css-left-right-top-bottom"},
}};

constexpr std::array<names, 30> words_in_values{{
    {"calc", "css-unit-calc"},
    {"clamp", "css-function-clamp"},
    {"conic-gradient", "css-conic-gradient"},
    {"fit-content", "css-intrinsic-size"},
    {"initial", "css-unit-initial"},
    {"lab", "css-modern-color"},
    {"lch", "css-modern-color"},
    {"light-dark", "css-function-light-dark"},
    {"linear-gradient", "css-linear-gradient"},
    {"max", "css-function-max"},
    {"max-content", "css-intrinsic-size"},
    {"min", "css-function-min"},
    {"min-content", "css-intrinsic-size"},
    {"oklab", "css-modern-color"},
    {"oklch", "css-modern-color"},
    {"radial-gradient", "css-radial-gradient"},
    {"repeating-conic-gradient", "css-conic-gradient"},
    {"repeating-linear-gradient", "css-linear-gradient"},
    {"repeating-radial-gradient", "css-radial-gradient"},
    {"rgb", "css-rgb"},
    {"rgba", "css-rgba"},
    {"system-ui", "css-sytem-ui"},
    {"ui-monospace", "css-sytem-ui"},
    {"ui-rounded", "css-sytem-ui"},
    {"ui-sans-serif", "css-sytem-ui"},
    {"ui-serif", "css-sytem-ui"},
    {"var", "css-variables"},
    {"-webkit-linear-gradient", "css-linear-gradient"},
    {"hsl", "css-rgb"},
    {"color-mix", "css-modern-color"},
}};

constexpr std::array<names, 7> media{{
    {"device-pixel-ratio", "css-at-media-device-pixel-ratio"},
    {"hover", "css-at-media-hover"},
    {"orientation", "css-at-media-orientation"},
    {"prefers-color-scheme", "css-at-media-prefers-color-scheme"},
    {"prefers-reduced-motion", "css-at-media-prefers-reduced-motion"},
    {"-webkit-min-device-pixel-ratio", "css-at-media-device-pixel-ratio"},
    {"any-hover", "css-at-media-hover"},
}};

constexpr std::array<names, 19> image_types{{
    {"apng", "image-apng"},   {"avif", "image-avif"},  {"bmp", "image-bmp"},      {"gif", "image-gif"},
    {"heic", "image-heif"},   {"heif", "image-heif"},  {"ico", "image-ico"},      {"jpeg", "image-jpg"},
    {"jpg", "image-jpg"},     {"mp4", "image-mp4"},    {"png", "image-png"},      {"svg", "image-svg"},
    {"svg+xml", "image-svg"}, {"tif", "image-tiff"},   {"tiff", "image-tiff"},    {"vnd.microsoft.icon", "image-ico"},
    {"webp", "image-webp"},   {"x-icon", "image-ico"}, {"x-ms-bmp", "image-bmp"},
}};

template <std::size_t Size>
std::string_view find_in(std::array<names, Size> const& table, std::string_view name) noexcept {
    auto const found = std::find_if(table.begin(), table.end(), [&](names const& one) { return one.first == name; });
    return found == table.end() ? std::string_view() : found->second;
}

void use_or(std::string_view known, std::string_view prefix, std::string_view name, feature_sink const& use) {
    use(known.empty() ? std::string(prefix) + std::string(name) : std::string(known));
}

void tell_link(html_element const& element, feature_sink const& use) {
    auto* href = element.find("href");
    if (!href) return;
    if (href->starts_with('#')) use("html-anchor-links");
    if (ascii::equal_without_case(href->substr(0, 7), "mailto:")) use("html-mailto-links");
}

void tell_type(html_element const& element, feature_sink const& use) {
    auto* type = element.find("type");
    if (element.name == "input") use("html-input-" + ascii::lower(type ? *type : "text"));
    if (element.name == "button" && type) use("html-button-" + ascii::lower(*type));
    auto* meta = element.name == "meta" ? element.find("name") : nullptr;
    if (meta && ascii::equal_without_case(*meta, "color-scheme")) use("html-meta-color-scheme");
}

constexpr bool is_name_octet(char c) noexcept {
    return ascii::is_alnum(c) || c == '-' || c == '_' || ascii::is_8bit(c);
}

/// ":hover" of "a:hover"; what stands in brackets is passed over.
void tell_pseudo(std::string_view selector, std::size_t at, feature_sink const& use) {
    bool const element = selector.substr(at, 2) == "::";
    auto const begin = at + (element ? 2 : 1);
    auto end = begin;
    while (end < selector.size() && is_name_octet(selector[end])) ++end;
    auto const name = ascii::lower(selector.substr(begin, end - begin));
    // CSS 2 wrote these four with one colon.
    bool const old = name == "before" || name == "after" || name == "first-letter" || name == "first-line";
    use((element || old ? "css-pseudo-element-" : "css-pseudo-class-") + name);
}

/// The combinators and simple selectors of one list.                                        Selectors Level 4 §5, §14
void tell_selector(std::string_view selector, feature_sink const& use) {
    std::size_t compounds = 0;
    bool in_compound = false, blank = false;
    for (std::size_t at = 0; at < selector.size(); ++at) {
        char const c = selector[at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            blank = in_compound;
        } else if (c == ',' || c == '>' || c == '+' || c == '~') {
            use(c == ','   ? "css-selector-grouping"
                : c == '>' ? "css-selector-child"
                : c == '+' ? "css-selector-adjacent-sibling"
                           : "css-selector-general-sibling");
            in_compound = blank = false, compounds = 0;
        } else {
            if (blank) use("css-selector-descendant"), compounds = 0;
            blank = false;
            bool const simple = c == '.' || c == '#' || c == '[';
            if (simple && compounds > 0 && c == '.') use("css-selector-chaining");
            if (c == '.') use("css-selector-class"), ++compounds;
            if (c == '#') use("css-selector-id");
            if (c == '*') use("css-selector-universal");
            if (c == '&') use("css-nesting");
            if (c == '[') use("css-selector-attribute"), at = std::min(selector.find(']', at), selector.size() - 1);
            if (c == ':') {
                tell_pseudo(selector, at, use);
                if (selector.substr(at, 2) == "::") ++at;
            }
            if (!in_compound && is_name_octet(c)) use("css-selector-type");
            while (at + 1 < selector.size() && is_name_octet(selector[at + 1])) ++at;
            in_compound = true;
        }
    }
}

void tell_at_rule(css_item const& item, feature_sink const& use) {
    use("css-at-" + item.name);
    if (item.name != "media") return;
    for (auto const& [word, id] : media)
        if (item.value.find(word) != std::string::npos) use(id);
}

void tell_declaration(css_item const& item, feature_sink const& use) {
    if (item.name.starts_with("--")) return use("css-variables");
    use_or(find_in(properties, item.name), "css-", item.name, use);
    auto const value = words_of_value(item.value);
    for (auto const& list : {value.functions, value.keywords})
        for (auto const& word : list)
            if (auto const id = find_in(words_in_values, word); !id.empty()) use(id);
    for (auto const& unit : value.units) use(unit == "%" ? "css-unit-percent" : "css-unit-" + unit);
    if (item.value.find('!') != std::string::npos) use("css-important");
    auto const first = value.keywords.empty() ? std::string() : value.keywords.front();
    if (item.name == "display" && (first == "flex" || first == "grid" || first == "none")) use("css-display-" + first);
}

}  // namespace

void tell_element(html_element const& element, feature_sink const& use) {
    use_or(find_in(elements, element.name), "html-", element.name, use);
    for (auto const& [name, value] : element.attributes)
        if (auto const id = find_in(attributes, name); !id.empty()) use(id);
    if (element.name == "a" || element.name == "area") tell_link(element, use);
    tell_type(element, use);
    auto* source = element.find("src");
    if (element.name == "img" && source) tell_image(*source, use);
}

void tell_css(css_item const& item, feature_sink const& use) {
    if (item.in_style_rule) use("css-nesting");
    if (item.what == css_item::at_rule) return tell_at_rule(item, use);
    if (item.what == css_item::selector) return tell_selector(item.name, use);
    tell_declaration(item, use);
}

void tell_image(std::string_view source, feature_sink const& use) {
    auto text = ascii::lower(trimmed(source).substr(0, 256));
    if (text.starts_with("data:image/")) {
        use("image-base64");
        text = text.substr(11, text.find_first_of(";,") - 11);
    } else if (text.starts_with("image/") || text.starts_with("video/")) {
        text = text.substr(6);
    } else {
        text = text.substr(0, text.find_first_of("?#"));
        auto const dot = text.rfind('.');
        text = dot == text.npos ? std::string() : text.substr(dot + 1);
    }
    if (auto const id = find_in(image_types, text); !id.empty()) use(id);
}

}  // namespace postrider::lint
