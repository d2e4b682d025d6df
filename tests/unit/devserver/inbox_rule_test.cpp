#include <doctest/doctest.h>

#include <postrider/devserver/inbox_rule.hpp>

using namespace postrider;
using namespace postrider::devserver;

namespace {

inbox_rule rule(std::string_view text) {
    std::string why;
    auto parsed = parse_inbox_rule(text, why);
    INFO(why);
    REQUIRE(parsed.has_value());
    return *parsed;
}

}  // namespace

TEST_CASE("an inbox is a name, or a name and a pattern") {
    CHECK(rule("team-a").pattern.empty());
    CHECK(rule("alerts=*@monitoring.example").name == "alerts");
    CHECK(rule("x=a=b@c").pattern == "a=b@c");
    std::string why;
    for (auto bad : {"", "=", "a b", "a/b", "../x", "测试", "a=", "<b>"}) {
        INFO(bad);
        CHECK_FALSE(parse_inbox_rule(bad, why).has_value());
        CHECK_FALSE(why.empty());
    }
    CHECK_FALSE(parse_inbox_rule(std::string(101, 'x'), why).has_value());
}

TEST_CASE("the login decides, then the recipient's local part or what is behind its plus, then a pattern") {
    std::vector<inbox_rule> const rules{rule("team-a"), rule("team-b"), rule("alerts=*@monitoring.example")};
    CHECK(inbox_for(rules, "team-b", "team-a@example.net") == "team-b");
    CHECK(inbox_for(rules, "TEAM-A", "x@example.net") == "team-a");
    CHECK(inbox_for(rules, "", "team-a@example.net") == "team-a");
    CHECK(inbox_for(rules, "somebody", "app+Team-B@example.net") == "team-b");
    CHECK(inbox_for(rules, "", "x@monitoring.example") == "alerts");
    CHECK(inbox_for(rules, "", "alerts@example.net").empty());
    CHECK(inbox_for(rules, "", "nobody@example.net").empty());
    CHECK(inbox_for(rules, "", "").empty());
    CHECK(inbox_for({}, "team-a", "team-a@example.net").empty());
}
