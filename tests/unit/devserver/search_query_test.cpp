#include "store/search_query.hpp"

#include <doctest/doctest.h>

#include <postrider/core/limits.hpp>

using namespace postrider;
using namespace postrider::devserver;

namespace {

std::vector<search_term> terms(std::string_view text) {
    complaint why;
    auto query = parse_search_query(text, why);
    INFO(text << ": " << why.text);
    REQUIRE(query.has_value());
    return query->terms;
}

search_term one(std::string_view text) {
    auto const all = terms(text);
    REQUIRE(all.size() == 1);
    return all[0];
}

std::string refusal(std::string_view text) {
    complaint why;
    auto query = parse_search_query(text, why);
    INFO(text);
    REQUIRE_FALSE(query.has_value());
    CHECK(query.error() == std::errc::invalid_argument);
    return why.text;
}

}  // namespace

TEST_CASE("words stand by themselves, and in a row between quotation marks") {
    CHECK(terms("").empty());
    CHECK(terms(" \t\r\n").empty());
    auto const all = terms("  invoice \"due  now\"\t测试 ");
    REQUIRE(all.size() == 3);
    CHECK(all[0].text == "invoice");
    CHECK(all[1].text == "due  now");
    CHECK(all[2].text == "测试");
    for (auto const& term : all) CHECK(term.kind == search_term::words);
}

TEST_CASE("a field is known in any case, and its value may be quoted") {
    struct {
        std::string_view text;
        search_term::kinds kind;
        std::string_view value;
    } const table[] = {{"from:ann", search_term::from, "ann"},
                       {"TO:bob@example.net", search_term::to, "bob@example.net"},
                       {"Cc:\"Carol C\"", search_term::cc, "Carol C"},
                       {"subject:\"a: b\"", search_term::subject, "a: b"},
                       {"tag:x", search_term::tag, "x"},
                       {"inbox:team-a", search_term::inbox, "team-a"},
                       {"inbox:", search_term::inbox, ""},
                       {"has:attachment", search_term::attachment, "attachment"},
                       {"Is:UNREAD", search_term::unread, "UNREAD"},
                       {"is:read", search_term::read, "read"}};
    for (auto const& row : table) {
        INFO(row.text);
        auto const term = one(row.text);
        CHECK(term.kind == row.kind);
        CHECK(term.text == row.value);
        CHECK_FALSE(term.negated);
        CHECK(one("-" + std::string(row.text)).negated);
    }
}

TEST_CASE("a minus asks for what a message does not hold; by itself it is a word") {
    CHECK(one("-draft").negated);
    CHECK(one("-\"two words\"").text == "two words");
    CHECK(one("-").text == "-");
    CHECK(terms("- x").size() == 2);
    CHECK(one("--x").text == "-x");
}

TEST_CASE("sizes are octets, or multiples of 1024") {
    CHECK(one("larger:0").number == 0);
    CHECK(one("larger:1000").number == 1000);
    CHECK(one("smaller:2k").number == 2048);
    CHECK(one("larger:1M").number == 1'048'576);
    CHECK(one("larger:3G").number == 3'221'225'472);
    CHECK(one("larger:1099511627776G").number == std::int64_t{1} << 40);
    for (auto bad : {"larger:", "larger:x", "larger:-1", "larger:1.5M", "larger:1MB", "larger:M", "smaller:+1",
                     "larger:99999999999999999999"})
        CHECK(refusal(bad).find("wants a size") != std::string::npos);
}

TEST_CASE("a day begins at midnight UTC, and a time of it may follow") {
    CHECK(one("before:1970-01-01").number == 0);
    CHECK(one("after:2026-03-01").number == 1'772'323'200'000);
    CHECK(one("after:2026-03-01T12:34").number == 1'772'368'440'000);
    CHECK(one("after:2026-03-01t12:34:56z").number == 1'772'368'496'000);
    CHECK(one("before:2024-02-29").kind == search_term::before);
    CHECK(one("after:2024-02-29").kind == search_term::since);
    for (auto bad : {"before:", "before:yesterday", "before:2026-02-29", "before:2026-13-01", "before:2026-1-1",
                     "before:2026-03-01T24:00", "before:2026-03-01T12", "before:2026-03-01T12:60",
                     "after:2026-03-01T12:34:60", "after:2026/03/01"})
        CHECK_FALSE(refusal(bad).empty());
}

TEST_CASE("what is wrong is told with its place, in characters") {
    CHECK(refusal("测试 colour:red").starts_with("at character 4: there is no field \"colour\""));
    CHECK(refusal("a from:").starts_with("at character 8: from: wants a word"));
    CHECK(refusal("x \"never closed").starts_with("at character 3: this quotation mark"));
    CHECK(refusal("has:wings").starts_with("at character 5: what can be asked"));
    CHECK(refusal("is:").starts_with("at character 4: "));
    CHECK(refusal("http://example.com").find("quotation marks") != std::string::npos);
}

TEST_CASE("a colon without letters in front of it is part of a word") {
    for (auto word : {"12:30", ":-)", "a1:b", "::", "[::1]:25"}) CHECK(one(word).kind == search_term::words);
}

TEST_CASE("hazard 196: signs of patterns and of SQL are characters as any") {
    for (auto word : {"%", "_", "*", ".*", "(((((", "'", "';DROP", "\\", "[a-z]+", "$1"}) CHECK(one(word).text == word);
}

TEST_CASE("hazard 194: a search is as long as its limits allow, and no longer") {
    CHECK(one(std::string(limits::search_octets, 'x')).text.size() == limits::search_octets);
    CHECK(refusal(std::string(limits::search_octets + 1, 'x')).find("too long") != std::string::npos);
    std::string many;
    for (std::size_t i = 0; i < limits::search_terms; ++i) many += "x ";
    CHECK(terms(many).size() == limits::search_terms);
    CHECK(refusal(many + "x").find("too many words") != std::string::npos);
}
