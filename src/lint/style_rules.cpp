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

/// `what` for each property of one look and the same of another.
template <class What>
void each(declared_look& one, declared_look const& other, What const& what) {
    what(one.no_display, other.no_display);
    what(one.invisible, other.invisible);
    what(one.transparent, other.transparent);
    what(one.mso_hidden, other.mso_hidden);
    what(one.tiny, other.tiny);
    what(one.colour, other.colour);
    what(one.background, other.background);
}

constexpr std::string_view blanks = " \t\r\n\f";

/// The next of the words that blanks part, taken from the front; empty behind the last.
std::string_view next_word(std::string_view& words) {
    words.remove_prefix(std::min(words.find_first_not_of(blanks), words.size()));
    auto const word = words.substr(0, words.find_first_of(blanks));
    words.remove_prefix(word.size());
    return word;
}

}  // namespace

void declared_look::take(css_item const& one, std::string_view value, std::size_t order) {
    if (one.name == "display") no_display = {value == "none", order};
    if (one.name == "visibility") invisible = {value == "hidden" || value == "collapse", order};
    if (one.name == "mso-hide") mso_hidden = {value == "all", order};
    if (one.name == "opacity") transparent = {value == "0", order};
    if (one.name == "font-size") tiny = {is_tiny(value), order};
    if (one.name == "color") colour = {plain_colour(value), order};
    if (one.name == "background" || one.name == "background-color") background = {plain_colour(value), order};
    if (one.name == "background-image" && value != "none") background = {std::string(), order};
}

void declared_look::join(declared_look const& of_same_weight) {
    each(*this, of_same_weight, [](auto& mine, auto const& other) {
        if (other.value && other.order >= mine.order) mine = other;
    });
}

void declared_look::override_with(declared_look const& stronger) {
    each(*this, stronger, [](auto& mine, auto const& other) {
        if (other.value) mine = other;
    });
}

void declared_looks::take(css_item const& declaration, std::size_t order) {
    constexpr std::string_view word = "important";
    auto value = ascii::lower(trimmed(declaration.value));
    auto const mark = value.rfind('!');
    bool const is_important = mark != value.npos && trimmed(std::string_view(value).substr(mark + 1)) == word;
    if (is_important) value.resize(mark);
    (is_important ? important : usual).take(declaration, trimmed(value), order);
}

void declared_looks::join(declared_looks const& of_same_weight) {
    usual.join(of_same_weight.usual);
    important.join(of_same_weight.important);
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
        ++rules_read_;
        for (auto next = i + 1; next < sheet.items.size() && sheet.items[next].depth > 0; i = next++)
            if (sheet.items[next].what == css_item::declaration && sheet.items[next].depth == 1)
                says.take(sheet.items[next], rules_read_);
        std::string_view list = selector.name;
        for (std::size_t comma = 0; comma != list.npos; list.remove_prefix(std::min(comma + 1, list.size()))) {
            comma = list.find(',');
            add_selector(simple_selector(trimmed(list.substr(0, comma))), says);
            if (comma == list.npos) break;
        }
    }
}

void style_rules::add_selector(std::string_view selector, declared_looks const& says) {
    if (selector.empty())
        paints_unknown_ |= says.usual.background.value || says.important.background.value;
    else
        rules_[std::string(selector)].join(says);
}

void style_rules::join(std::string const& selector, declared_looks& into) const {
    if (auto const found = rules_.find(selector); found != rules_.end()) into.join(found->second);
}

declared_looks style_rules::look_of(html_element const& element) const {
    if (rules_.empty()) return {};
    // From what weighs least to what weighs most.
    enum weights { any, name, one_class, name_and_class, id, name_and_id };
    std::array<declared_looks, 6> by_weight;
    join("*", by_weight[any]);
    join(element.name, by_weight[name]);
    auto const* classes = element.find("class");
    std::string_view words = classes ? std::string_view(*classes) : std::string_view();
    for (auto word = next_word(words); !word.empty(); word = next_word(words)) {
        auto const selector = '.' + std::string(word);
        join(selector, by_weight[one_class]);
        join(element.name + selector, by_weight[name_and_class]);
    }
    if (auto const* own = element.find("id")) {
        join('#' + *own, by_weight[id]);
        join(element.name + '#' + *own, by_weight[name_and_id]);
    }
    auto look = by_weight[any];
    for (auto const& stronger : by_weight) look.override_with(stronger);
    return look;
}

}  // namespace postrider::lint
