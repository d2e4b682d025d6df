#include "faults/book.hpp"

#include <doctest/doctest.h>

using namespace postrider;
using namespace postrider::devserver;
using stages = fault_rule::stages;

namespace {

fault_rule rule(std::string_view text) {
    std::string why;
    auto parsed = parse_fault_rule(text, why);
    INFO(why);
    REQUIRE(parsed.has_value());
    return *parsed;
}

fault_book book_of(std::initializer_list<std::string_view> rules, std::uint64_t seed = 1) {
    fault_book book(seed);
    for (auto const text : rules) book.add(rule(text));
    return book;
}

std::string struck(fault_book& book, stages stage, std::string_view about = {}) {
    auto const* met = book.strike(stage, {&about, 1});
    return met ? met->rule.text : "";
}

std::string hundred(fault_book book) {
    std::string all;
    for (int i = 0; i < 100; ++i) all += struck(book, stages::mail, "a@x").empty() ? '.' : 'x';
    return all;
}

}  // namespace

TEST_CASE("the first rule that speaks of an answer strikes it") {
    auto book = book_of({"rcpt b@*=550 no", "rcpt *@y=451 later", "rcpt=drop", "any=delay 1s"});
    CHECK(struck(book, stages::rcpt, "B@x") == "rcpt b@*=550 no");
    CHECK(struck(book, stages::rcpt, "c@y") == "rcpt *@y=451 later");
    CHECK(struck(book, stages::rcpt, "c@z") == "rcpt=drop");
    CHECK(struck(book, stages::mail, "b@x") == "any=delay 1s");
    CHECK(struck(book, stages::any) == "any=delay 1s");
    CHECK(struck(book, stages::connect).empty());
    CHECK(struck(book, stages::content).empty());
}

TEST_CASE("an answer about several is struck by a pattern for one of them") {
    auto book = book_of({"end-of-data b@*=drop"});
    std::string_view const both[] = {"a@x", "b@x"};
    CHECK(book.strike(stages::end_of_data, both));
    CHECK_FALSE(book.strike(stages::end_of_data));
}

TEST_CASE("the null reverse-path is something that a star stands for") {
    auto book = book_of({"mail *=drop"});
    CHECK(struck(book, stages::mail, "") == "mail *=drop");
}

TEST_CASE("a rule strikes so often, after so many, and says how often it did") {
    auto book = book_of({"mail=drop times=2 after=3"});
    std::string all;
    for (int i = 0; i < 7; ++i) all += struck(book, stages::mail).empty() ? '.' : 'x';
    CHECK(all == "...xx..");
    CHECK(book.entries()[0].met == 2);
    CHECK(book.entries()[0].left() == 0u);
    CHECK_FALSE(book_of({"mail=drop"}).entries()[0].left());
}

TEST_CASE("the seed decides what is left to chance") {
    auto const once = hundred(book_of({"mail=drop p=0.3"}, 7));
    CHECK(hundred(book_of({"mail=drop p=0.3"}, 7)) == once);
    CHECK(hundred(book_of({"mail=drop p=0.3"}, 8)) != once);
    auto const count = std::count(once.begin(), once.end(), 'x');
    CHECK(count > 15);
    CHECK(count < 45);
    CHECK(hundred(book_of({"mail=drop p=0"})) == std::string(100, '.'));
    CHECK(hundred(book_of({"mail=drop p=1"})) == std::string(100, 'x'));
}

TEST_CASE("what is left to chance stays the same on every machine") {
    CHECK(hundred(book_of({"mail=drop p=0.5"}, 42)).substr(0, 20) == ".xx..x....xxxx.x..x.");
}

TEST_CASE("a rule draws numbers of its own: another beside it changes nothing") {
    auto const alone = hundred(book_of({"mail=drop p=0.3"}));
    CHECK(hundred(book_of({"mail=drop p=0.3", "rcpt=drop p=0.5"})) == alone);
}

TEST_CASE("rules are taken out by their id, which no other gets") {
    auto book = book_of({"mail=drop", "rcpt=drop"});
    CHECK(book.entries()[0].id == "1");
    CHECK(book.remove("1"));
    CHECK_FALSE(book.remove("1"));
    CHECK(book.add(rule("quit=drop")).id == "3");
    CHECK(struck(book, stages::mail).empty());
    book.clear();
    CHECK(book.empty());
}
