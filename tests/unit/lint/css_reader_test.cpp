#include <doctest/doctest.h>

#include <postrider/core/limits.hpp>

#include "css_reader.hpp"

using namespace postrider;
using lint::css_item;

namespace {

/// "@media (a)|p|color:red": what a sheet says, item by item.
std::string told(lint::css_sheet const& sheet) {
    std::string text;
    for (auto const& one : sheet.items) {
        if (!text.empty()) text += '|';
        if (one.what == css_item::at_rule) text += '@' + one.name + (one.value.empty() ? "" : " " + one.value);
        if (one.what == css_item::selector) text += one.name;
        if (one.what == css_item::declaration) text += one.name + ':' + one.value;
    }
    return text;
}

std::string told(std::string_view css) {
    return told(lint::read_style_sheet(css));
}

}  // namespace

TEST_CASE("a style sheet comes apart into rules and declarations") {
    CHECK(told("p { color: red; Width : 1px }") == "p|color:red|width:1px");
    CHECK(told("@media (a) { p { color: red } } q{}") == "@media (a)|p|color:red|q");
    CHECK(told("@import url('a;b}c.css') screen; p{}") == "@import url('a;b}c.css') screen|p");
    CHECK(told("@font-face { src: url(a) }") == "@font-face|src:url(a)");
    CHECK(told("@keyframes x { from { top: 0 } 50% { top: 1px } }") == "@keyframes x|top:0|top:1px");
    CHECK(told("") == "");
    CHECK(told("p") == "");
}

TEST_CASE("comments are left out, and strings and brackets hold what would end a statement") {
    CHECK(told("p/* { */{ color/**/: r/**/ed; }") == "p|color:red");
    CHECK(told("p { content: \"};{\"; color: red }") == "p|content:\"};{\"|color:red");
    CHECK(told("p { background: url(data:a;b) }") == "p|background:url(data:a;b)");
    CHECK(told("p { content: \"a\\\"}\" ; top: 0 }") == "p|content:\"a\\\"}\"|top:0");
    CHECK(lint::read_style_sheet("/**//* x").comments == 2);
}

TEST_CASE("what makes no sense is passed over") {
    CHECK(told("} } p { color: red }") == "p|color:red");
    CHECK(told("p { color red; top: 0 }") == "p|top:0");
    CHECK(told("p { color: (red; } q { top: 0 }") == "p|color:(red;|q|top:0");
    CHECK(told("p { color: red") == "p|color:red");
}

TEST_CASE("a rule inside another's block is nesting") {
    auto const sheet = lint::read_style_sheet("p { color: red; & q { top: 0 } left: 0 }");
    CHECK(told(sheet) == "p|color:red|& q|top:0|left:0");
    CHECK_FALSE(sheet.items[0].in_style_rule);
    CHECK(sheet.items[2].in_style_rule);
}

TEST_CASE("blocks beyond the limit are not looked at, and those behind them are") {
    std::string deep;
    for (std::size_t i = 0; i < 2 * limits::lint_css_depth; ++i) deep += "@media a{";
    deep += "p{top:0}";
    for (std::size_t i = 0; i < 2 * limits::lint_css_depth; ++i) deep += "}";
    auto const sheet = lint::read_style_sheet(deep + "q{left:0}");
    CHECK_FALSE(sheet.is_complete);
    CHECK(told(sheet).ends_with("|q|left:0"));
    CHECK(told(sheet).find("top") == std::string::npos);
}

TEST_CASE("the words of a value") {
    auto const words = lint::words_of_value("calc(1.5em + 20%) url('a b') #ff0000 var(--x) 10PX solid");
    CHECK(words.functions == std::vector<std::string>{"calc", "url", "var"});
    CHECK(words.units == std::vector<std::string>{"em", "%", "px"});
    CHECK(words.keywords.back() == "solid");
    CHECK(lint::words_of_value("'").functions.empty());
    CHECK(lint::words_of_value("").units.empty());
}
