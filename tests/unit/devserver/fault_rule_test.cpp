#include <doctest/doctest.h>

#include <postrider/core/limits.hpp>
#include <postrider/devserver/fault_rule.hpp>

using namespace postrider;
using namespace postrider::devserver;
using stages = fault_rule::stages;
using actions = fault_rule::actions;
using std::chrono::milliseconds;

namespace {

fault_rule rule(std::string_view text) {
    std::string why;
    auto parsed = parse_fault_rule(text, why);
    INFO(text, " ", why);
    REQUIRE(parsed.has_value());
    CHECK(parsed->text == text);
    return *parsed;
}

std::string why_not(std::string_view text) {
    std::string why;
    CHECK_FALSE(parse_fault_rule(text, why).has_value());
    return why;
}

}  // namespace

TEST_CASE("a fault is a stage and a reply") {
    auto parsed = rule("mail=451 4.7.1 later");
    CHECK(parsed.stage == stages::mail);
    CHECK_FALSE(parsed.pattern);
    CHECK(parsed.action == actions::reply);
    CHECK(to_string(parsed.reply) == "451 4.7.1 later");
    CHECK(parsed.probability == 1);
    CHECK_FALSE(parsed.times);
    CHECK(parsed.after == 0);
}

TEST_CASE("a fault may be for some addresses, now and then, so often, and not at once") {
    auto parsed = rule("rcpt b@*=550 5.1.1 no such user p=0.25 times=2 after=10");
    CHECK(parsed.stage == stages::rcpt);
    CHECK(parsed.pattern == "b@*");
    CHECK(to_string(parsed.reply) == "550 5.1.1 no such user");
    CHECK(parsed.probability == 0.25);
    CHECK(parsed.times == 2u);
    CHECK(parsed.after == 10);
}

TEST_CASE("every stage and every action has its name") {
    for (std::string_view name : {"connect", "greeting", "ehlo", "starttls", "auth", "mail", "rcpt", "data", "content",
                                  "end-of-data", "rset", "quit", "any"})
        CHECK(to_string(rule(std::string(name) + "=drop").stage) == name);
    for (std::string_view name :
         {"delay 5s", "drip 50ms", "drop", "lose-reply", "wrong", "oversize", "garbage", "bad-certificate expired"})
        CHECK(to_string(rule("starttls=" + std::string(name)).action) == name.substr(0, name.find(' ')));
}

TEST_CASE("times, octets and certificates") {
    CHECK(rule("any=delay 5s").time == milliseconds(5000));
    CHECK(rule("any=delay 2m").time == milliseconds(120'000));
    CHECK(rule("any=drip 50ms p=0.5").time == milliseconds(50));
    CHECK(rule("content=drop 4096 times=1").octets == 4096);
    CHECK(rule("starttls=bad-certificate wrong-name").certificate == fault_rule::certificates::wrong_name);
    CHECK(rule("connect=bad-certificate broken").certificate == fault_rule::certificates::broken);
}

TEST_CASE("an address may hold what ends one elsewhere") {
    CHECK(rule("mail bounce+a=b.example@x=550 no").pattern == "bounce+a=b.example@x");
    CHECK(rule("rcpt \"a b\"@x=drop").pattern == "\"a b\"@x");
    CHECK(rule("rcpt *=550 the=words may=hold it").reply.plain_text() == "the=words may=hold it");
    CHECK(rule("rcpt *=250").reply.code == 250);
}

TEST_CASE("what is no fault is told with its place") {
    CHECK(why_not("").starts_with("column 1: \"\" is no stage"));
    CHECK(why_not("male=drop").starts_with("column 1: \"male\" is no stage; stages are connect greeting "));
    CHECK(why_not("mail").starts_with("column 5: \"=\" and an action are missing"));
    CHECK(why_not("mail=").starts_with("column 6: no action"));
    CHECK(why_not("mail=drip").starts_with("column 10: a time is like"));
    CHECK(why_not("mail=delay 5").starts_with("column 12: a time is like"));
    CHECK(why_not("mail=delay 5h").starts_with("column 12: a time is like"));
    CHECK(why_not("mail=delay 61m").starts_with("column 12: an hour"));
    CHECK(why_not("mail=delay -5s").starts_with("column 12: a time is like"));
    CHECK(why_not("mail=dorp").starts_with("column 6: no action"));
    CHECK(why_not("mail=reply").starts_with("column 6: no action"));
    CHECK(why_not("mail=drop 5").starts_with("column 11: a number of octets"));
    CHECK(why_not("mail=wrong code").starts_with("column 12: nothing stands behind wrong"));
    CHECK(why_not("mail=650 x").starts_with("column 6: no action"));
    CHECK(why_not("mail=451 5.1.1 x").starts_with("column 10: an enhanced code"));
    CHECK(why_not("mail =drop").starts_with("column 5: a pattern is missing"));
    CHECK(why_not("quit a@b=drop").starts_with("column 6: there is no address at quit"));
    CHECK(why_not("content=451 x").starts_with("column 9: reply cannot be at content"));
    CHECK(why_not("connect=garbage").starts_with("column 9: garbage cannot be at connect"));
    CHECK(why_not("mail=bad-certificate expired").starts_with("column 6: bad-certificate cannot be at mail"));
    CHECK(why_not("starttls=bad-certificate late").starts_with("column 26: a bad certificate is one of"));
    CHECK(why_not("mail=drop p=2").starts_with("column 11: p is a probability"));
    CHECK(why_not("mail=drop p=nan").starts_with("column 11: p is a probability"));
    CHECK(why_not("mail=drop times=x").starts_with("column 11: a number of times"));
    CHECK(why_not("mail=451 a\r\nb").starts_with("column 1: a rule is text"));
    CHECK(why_not("mail=451 \xff").starts_with("column 1: a rule is text"));
    CHECK(why_not("mail=451 " + std::string(limits::fault_rule_octets, 'x')).starts_with("column 1: a rule has"));
}

TEST_CASE("a refusal is the short form of a fault at rcpt") {
    std::string why;
    auto const fault = as_fault(*parse_refuse_rule("b@*=550 5.1.1 no such user", why));
    CHECK(fault.text == "rcpt b@*=550 5.1.1 no such user");
    auto const again = rule(fault.text);
    CHECK(again.pattern == fault.pattern);
    CHECK(again.reply == fault.reply);
}
