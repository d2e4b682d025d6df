#include <doctest/doctest.h>
#include <postrider/devserver/refuse_rule.hpp>

using namespace postrider;
using devserver::matches_pattern;
using devserver::parse_refuse_rule;

namespace {

devserver::refuse_rule rule(std::string_view text) {
    std::string why;
    auto parsed = parse_refuse_rule(text, why);
    INFO(text, " ", why);
    REQUIRE(parsed.has_value());
    return *parsed;
}

std::string why_not(std::string_view text) {
    std::string why;
    CHECK_FALSE(parse_refuse_rule(text, why).has_value());
    return why;
}

}  // namespace

TEST_CASE("a refuse rule is a pattern and a reply") {
    auto parsed = rule("b@*=550 5.1.1 no such user");
    CHECK(parsed.pattern == "b@*");
    CHECK(to_string(parsed.reply) == "550 5.1.1 no such user");
    CHECK(parsed.reply.enhanced == smtp::enhanced_code{5, 1, 1});
    CHECK(parsed.matches("B@Example.com"));
    CHECK_FALSE(parsed.matches("bb@example.com"));
}

TEST_CASE("a refuse rule needs neither an enhanced code nor words") {
    CHECK(to_string(rule("*=450 later").reply) == "450 later");
    CHECK(rule("*=450").reply.code == 450);
    CHECK_FALSE(rule("*=450").reply.lines.empty());
    CHECK(rule("*=550 5.1.1").reply.enhanced == smtp::enhanced_code{5, 1, 1});
}

TEST_CASE("an enhanced code that contradicts the reply code is mere words") {
    CHECK_FALSE(rule("*=450 5.1.1 what").reply.enhanced);
}

TEST_CASE("an address with an equals sign keeps it, and so do the reply's words") {
    CHECK(rule("bounce+a=b.example@*=550 5.1.1 gone").pattern == "bounce+a=b.example@*");
    CHECK(to_string(rule("a@*=550 5.1.1 code=7").reply) == "550 5.1.1 code=7");
}

TEST_CASE("what is no rule is refused with the reason") {
    for (auto bad : {"", "b@*", "b@*=", "b@*=250 ok", "b@*=354 go", "b@*=55 short", "b@*=5500 long", "=550 no pattern"})
        CHECK(why_not(bad) != "");
    CHECK(why_not("=550 no").find("pattern") != std::string::npos);
    CHECK(why_not("a@*=550 a\r\n250 b").find("control") != std::string::npos);
}

TEST_CASE("a star stands for any octets, the rest for itself without case") {
    CHECK(matches_pattern("*", ""));
    CHECK(matches_pattern("", ""));
    CHECK_FALSE(matches_pattern("", "a"));
    CHECK(matches_pattern("a*c*e", "AbcdE"));
    CHECK(matches_pattern("*@x.example", "a@x.example"));
    CHECK_FALSE(matches_pattern("*@x.example", "a@x.example.org"));
    CHECK(matches_pattern("a.b@*", "a.b@c"));
    CHECK_FALSE(matches_pattern("a.b@*", "aab@c"));
    CHECK(matches_pattern("用户@*", "用户@例子.中国"));
    CHECK_FALSE(matches_pattern("a", "a*"));
}

TEST_CASE("hazard 120: a pattern of many stars does not take for ever") {
    std::string stars, text(20'000, 'a');
    for (int i = 0; i < 100; ++i) stars += "*a";
    CHECK_FALSE(matches_pattern(stars + "b", text));
}
