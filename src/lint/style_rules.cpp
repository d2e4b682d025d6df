#include "style_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <postrider/core/ascii.hpp>

#include "html_look.hpp"
#include "words.hpp"

/// The cascade, as far as a mail's style needs it.                                   CSS Cascading and Inheritance §6
namespace postrider::lint {
namespace {

constexpr double tiny_pixels = 3;

/// A length that leaves nothing to read: "0", "1px", "2pt". Percent and em are of something that is not known here.
bool is_tiny(std::string_view length) {
    double number = 0;
    auto const [end, ec] = std::from_chars(length.data(), length.data() + length.size(), number);
    if (ec != std::errc()) return false;
    auto const unit = trimmed(length.substr(static_cast<std::size_t>(end - length.data())));
    if (number == 0) return true;
    return (unit == "px" || unit == "pt") && number <= tiny_pixels;
}

constexpr bool is_name_octet(char c) noexcept {
    return ascii::is_alnum(c) || c == '-' || c == '_' || ascii::is_8bit(c);
}

bool is_name(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_name_octet);
}

/// The selector as it is looked for; empty where it is not of one element, by its name, a class or an id.
std::string simple_selector(std::string_view text) {
    if (text == "*") return "*";
    auto const mark = std::min(text.find_first_of(".#"), text.size());
    auto const name = text.substr(0, mark), rest = text.substr(mark);
    bool const is_known = (name.empty() || name == "*" || is_name(name)) && (rest.empty() || is_name(rest.substr(1)));
    if (!is_known || text.empty()) return {};
    // Names of elements are the same in any case, classes and ids are not.
    return (name == "*" ? std::string() : ascii::lower(name)) + std::string(rest);
}

template <class Value>
void override_one(std::optional<Value>& weaker, std::optional<Value> const& stronger) {
    if (stronger) weaker = stronger;
}

}  // namespace

void declared_look::take(css_item const& one, std::string_view value) {
    if (one.name == "display") no_display = value == "none";
    if (one.name == "visibility") invisible = value == "hidden" || value == "collapse";
    if (one.name == "mso-hide") mso_hidden = value == "all";
    if (one.name == "opacity") transparent = value == "0";
    if (one.name == "font-size") tiny = is_tiny(value);
    if (one.name == "color") colour = plain_colour(value);
    if (one.name == "background" || one.name == "background-color") background = plain_colour(value);
}

void declared_look::override_with(declared_look const& stronger) {
    override_one(no_display, stronger.no_display);
    override_one(invisible, stronger.invisible);
    override_one(transparent, stronger.transparent);
    override_one(mso_hidden, stronger.mso_hidden);
    override_one(tiny, stronger.tiny);
    override_one(colour, stronger.colour);
    override_one(background, stronger.background);
}

void declared_looks::take(css_item const& declaration) {
    constexpr std::string_view word = "important";
    auto value = ascii::lower(trimmed(declaration.value));
    auto const mark = value.rfind('!');
    bool const is_important = mark != value.npos && trimmed(std::string_view(value).substr(mark + 1)) == word;
    if (is_important) value.resize(mark);
    (is_important ? important : usual).take(declaration, trimmed(value));
}

void declared_looks::override_with(declared_looks const& stronger) {
    usual.override_with(stronger.usual);
    important.override_with(stronger.important);
}

void style_rules::add(std::string_view style_sheet) {
    auto const sheet = read_style_sheet(style_sheet);
    for (std::size_t i = 0; i < sheet.items.size(); ++i) {
        auto const& selector = sheet.items[i];
        if (selector.what != css_item::selector || selector.depth != 0) continue;
        declared_looks says;
        for (auto next = i + 1; next < sheet.items.size() && sheet.items[next].depth > 0; i = next++)
            if (sheet.items[next].what == css_item::declaration && sheet.items[next].depth == 1)
                says.take(sheet.items[next]);
        std::string_view list = selector.name;
        for (std::size_t comma = 0; comma != list.npos; list.remove_prefix(std::min(comma + 1, list.size()))) {
            comma = list.find(',');
            add_selector(simple_selector(trimmed(list.substr(0, comma))), says);
            if (comma == list.npos) break;
        }
    }
}

void style_rules::add_selector(std::string_view selector, declared_looks const& says) {
    if (selector.empty()) {
        paints_unknown_ |= says.usual.background || says.important.background;
        return;
    }
    auto& known = rules_[std::string(selector)];
    known.says.override_with(says);
    known.order = ++added_;
}

void style_rules::collect(std::string const& selector, std::vector<rule const*>& into) const {
    if (auto const found = rules_.find(selector); found != rules_.end()) into.push_back(&found->second);
}

declared_looks style_rules::look_of(html_element const& element) const {
    declared_looks look;
    if (rules_.empty()) return look;
    // From what weighs least to what weighs most; of equal weight the later one counts.
    std::array<std::vector<rule const*>, 6> by_weight;
    collect("*", by_weight[0]);
    collect(element.name, by_weight[1]);
    auto const* classes = element.find("class");
    std::string_view rest = classes ? std::string_view(*classes) : std::string_view();
    for (rest = trimmed(rest); !rest.empty(); rest = trimmed(rest)) {
        auto const end = std::min(rest.find_first_of(" \t\r\n\f"), rest.size());
        auto const name = '.' + std::string(rest.substr(0, end));
        collect(name, by_weight[2]);
        collect(element.name + name, by_weight[3]);
        rest.remove_prefix(end);
    }
    if (auto const* id = element.find("id")) {
        collect('#' + *id, by_weight[4]);
        collect(element.name + '#' + *id, by_weight[5]);
    }
    for (auto& rules : by_weight) {
        std::sort(rules.begin(), rules.end(), [](auto const* a, auto const* b) { return a->order < b->order; });
        for (auto const* one : rules) look.override_with(one->says);
    }
    return look;
}

}  // namespace postrider::lint
