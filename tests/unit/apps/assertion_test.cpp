#include "catch/assertion.hpp"

#include <doctest/doctest.h>

using namespace postrider::app;

TEST_CASE("an assertion is a query, with a count in front of it or without") {
    struct row {
        char const* text;
        char const* query;
        char const* wanted;
    };
    for (row const& one :
         {row{"to:a@b subject:x", "to:a@b subject:x", "1 or more"}, row{"2 to:a@b", "to:a@b", "exactly 2"},
          row{"2+ to:a@b", "to:a@b", "2 or more"}, row{"0 to:a@b", "to:a@b", "none"}, row{"3", "", "exactly 3"},
          row{"3+", "", "3 or more"}, row{"\"404\"", "\"404\"", "1 or more"}, row{"+ x", "+ x", "1 or more"},
          row{"2x", "2x", "1 or more"}, row{"-1", "-1", "1 or more"},
          row{"99999999999999999999 x", "99999999999999999999 x", "1 or more"}, row{"", "", "1 or more"}}) {
        INFO(one.text);
        auto const parsed = parse_assertion(one.text);
        CHECK(parsed.text == one.text);
        CHECK(parsed.query == one.query);
        CHECK(parsed.wanted() == one.wanted);
    }
}

TEST_CASE("it holds with the right count alone") {
    CHECK(parse_assertion("x").holds_with(1));
    CHECK(parse_assertion("x").holds_with(7));
    CHECK_FALSE(parse_assertion("x").holds_with(0));
    CHECK(parse_assertion("2 x").holds_with(2));
    CHECK_FALSE(parse_assertion("2 x").holds_with(3));
    CHECK_FALSE(parse_assertion("2 x").holds_with(1));
    CHECK(parse_assertion("2+ x").holds_with(3));
    CHECK(refutation_of("2 x").holds_with(0));
    CHECK_FALSE(refutation_of("2 x").holds_with(1));
    CHECK(refutation_of("2 x").query == "2 x");
}
