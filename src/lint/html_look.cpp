#include "html_look.hpp"

#include <array>
#include <charconv>
#include <postrider/core/ascii.hpp>

#include "css_reader.hpp"
#include "words.hpp"

namespace postrider::lint {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 17> colour_names{{{"aqua", "#00ffff"},
                                                                                      {"black", "#000000"},
                                                                                      {"blue", "#0000ff"},
                                                                                      {"fuchsia", "#ff00ff"},
                                                                                      {"gray", "#808080"},
                                                                                      {"green", "#008000"},
                                                                                      {"lime", "#00ff00"},
                                                                                      {"maroon", "#800000"},
                                                                                      {"navy", "#000080"},
                                                                                      {"olive", "#808000"},
                                                                                      {"orange", "#ffa500"},
                                                                                      {"purple", "#800080"},
                                                                                      {"red", "#ff0000"},
                                                                                      {"silver", "#c0c0c0"},
                                                                                      {"teal", "#008080"},
                                                                                      {"white", "#ffffff"},
                                                                                      {"yellow", "#ffff00"}}};

std::string of_hex(std::string_view digits) {
    for (char c : digits)
        if (!ascii::is_digit(c) && (ascii::to_lower(c) < 'a' || ascii::to_lower(c) > 'f')) return {};
    std::string colour = "#";
    for (char c : digits) colour.append(digits.size() == 3 ? 2 : 1, ascii::to_lower(c));
    return digits.size() == 3 || digits.size() == 6 ? colour : std::string();
}

std::string of_numbers(std::string_view list) {
    std::string colour = "#";
    for (int i = 0; i < 3; ++i) {
        auto const digit = list.find_first_of("0123456789");
        if (digit == list.npos) return {};
        list.remove_prefix(digit);
        unsigned value = 0;
        auto const [end, ec] = std::from_chars(list.data(), list.data() + list.size(), value);
        if (ec != std::errc() || value > 255) return {};
        list.remove_prefix(static_cast<std::size_t>(end - list.data()));
        colour += {"0123456789abcdef"[value >> 4], "0123456789abcdef"[value & 15]};
    }
    return colour;
}

void show(declared_look const& declared, html_look const& around, html_look& look) {
    look.hidden = around.hidden;
    for (auto const* hides : {&declared.no_display, &declared.invisible, &declared.transparent, &declared.mso_hidden})
        look.hidden |= hides->value.value_or(false);
    look.tiny = declared.tiny.value.value_or(look.tiny);
    look.colour = declared.colour.value.value_or(look.colour);
    look.background = declared.background.value.value_or(look.background);
}

}  // namespace

std::string plain_colour(std::string_view text) {
    auto const name = ascii::lower(trimmed(text));
    if (name.starts_with('#')) return of_hex(std::string_view(name).substr(1));
    if (name.starts_with("rgb(")) return of_numbers(name);
    for (auto const& [known, colour] : colour_names)
        if (name == known) return std::string(colour);
    return {};
}

html_look look_inside(html_element const& element, html_look const& around, style_rules const& rules) {
    html_look look = around;
    if (rules.paints_unknown()) look.background.clear();
    if (auto* colour = element.find("bgcolor")) look.background = plain_colour(*colour);
    if (element.find("background")) look.background.clear();
    if (auto* colour = element.name == "font" ? element.find("color") : nullptr) look.colour = plain_colour(*colour);
    auto declared = rules.look_of(element);
    if (element.find("hidden") && !declared.usual.no_display.value) declared.usual.no_display.value = true;
    if (auto* style = element.find("style")) {
        declared_looks own;
        for (auto const& one : read_declarations(*style)) own.take(one, 0);
        declared.override_with(own);
    }
    declared.usual.override_with(declared.important);
    show(declared.usual, around, look);
    return look;
}

}  // namespace postrider::lint
