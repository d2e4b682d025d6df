#include <doctest/doctest.h>

#include <postrider/core/limits.hpp>

#include "html_document.hpp"
#include "html_look.hpp"

using namespace postrider;
using lint::read_html;

TEST_CASE("elements and their attributes, as browsers read them") {
    auto const document = read_html("<IMG SRC='a&amp;b' alt = x ALT=y hidden><p class=\"a > b\">t</p>");
    REQUIRE(document.elements.size() == 2);
    CHECK(document.elements[0].name == "img");
    CHECK(*document.elements[0].find("src") == "a&b");
    CHECK(*document.elements[0].find("alt") == "x");
    CHECK(document.elements[0].find("hidden")->empty());
    CHECK(document.elements[0].find("width") == nullptr);
    CHECK(*document.elements[1].find("class") == "a > b");
    CHECK(document.elements[1].offset == 40);
}

TEST_CASE("text is what can be seen") {
    auto const document = read_html(
        "<title>t</title><style>s</style><script>x</script>a&nbsp;b <p>c</p>d<!-- e --><i style='display:none'>f</i>");
    CHECK(document.text == "a b c d");
    REQUIRE(document.styles.size() == 1);
    CHECK(document.styles[0].css == "s");
    CHECK(document.comments == 1);
    REQUIRE(document.unseen.size() == 1);
    CHECK(document.unseen[0].text == "f");
}

TEST_CASE("a link has the text between its tags, and its images' alt") {
    auto const document = read_html("<a href=u>one <b>two</b> <img alt=three></a> four <a>five</a>");
    REQUIRE(document.links.size() == 2);
    CHECK(document.links[0].text == "one two three");
    CHECK(*document.href(document.links[0]) == "u");
    CHECK(document.href(document.links[1]) == nullptr);
}

TEST_CASE("an end tag ends what it finds, and nothing else") {
    auto const document = read_html("<div style='display:none'><p>a</b></p></div>b</i>c");
    CHECK(document.text == "bc");
}

TEST_CASE("lines are counted from one") {
    auto const document = read_html("a\n<p>\n\n<b>");
    CHECK(document.line_of(document.elements[0].offset) == 2);
    CHECK(document.line_of(document.elements[1].offset) == 4);
}

TEST_CASE("colours, however they are written") {
    CHECK(lint::plain_colour("#FFF") == "#ffffff");
    CHECK(lint::plain_colour(" White ") == "#ffffff");
    CHECK(lint::plain_colour("rgb(255,0, 16)") == "#ff0010");
    for (auto const* none : {"", "#ff", "#ggg", "rgb(1,2)", "rgb(256,0,0)", "hotpink9", "inherit"})
        CHECK(lint::plain_colour(none).empty());
}

TEST_CASE("elements beyond the limit are not listed") {
    std::string many;
    for (std::size_t i = 0; i <= limits::lint_elements; ++i) many += "<b>";
    auto const document = read_html(many);
    CHECK(document.elements.size() == limits::lint_elements);
    CHECK_FALSE(document.is_complete);
}
