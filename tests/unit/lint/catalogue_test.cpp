#include <algorithm>
#include <fstream>
#include <set>

#include "examined.hpp"

using namespace lint_test;

TEST_CASE("each check has an id of its own, sentences, and a rule that can be read") {
    std::set<std::string_view> ids;
    for (auto const& one : lint::checks()) {
        CAPTURE(one.id);
        CHECK(ids.insert(one.id).second);
        CHECK(one.level != lint::level::pass);
        CHECK(!one.passes.empty());
        CHECK(!one.fails.empty());
        CHECK(!one.detail.empty());
        CHECK(!one.rule.empty());
        CHECK((one.rule_url.starts_with("https://") || one.rule_url == "docs/checks.md"));
    }
}

TEST_CASE("checks stand in groups, whose order is that of the groups") {
    auto const all = lint::checks();
    CHECK(std::is_sorted(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.group < b.group; }));
}

TEST_CASE("docs/checks.md lists the checks, in order, with their levels") {
    std::ifstream page(POSTRIDER_CHECKS_PAGE);
    REQUIRE(page);
    std::vector<std::string> listed, known;
    for (std::string line; std::getline(page, line);)
        if (line.starts_with("| ") && !line.starts_with("| id "))
            listed.push_back(line.substr(2, line.find(" |", line.find(" |") + 2) - 2));
    for (auto const& one : lint::checks())
        known.push_back(std::string(one.id) + " | " + std::string(to_string(one.level)));
    CHECK(listed == known);
}

TEST_CASE("a finding fills each hole of its sentence") {
    lint::check const one{"x", lint::group::spam, lint::level::notice, "r", "u", "p", "f", "{a} and {b}, {a}"};
    lint::finding found{&one, lint::level::notice, {{"a", "x"}, {"b", 7}}, 1, {}};
    CHECK(found.detail() == "x and 7, x");
}

TEST_CASE("what is counted is said of one and of many") {
    lint::check const one{
        "x", lint::group::spam, lint::level::notice, "r", "u", "p", "f", "{n:link leads:links lead} on{t:a:b}"};
    auto const said = [&](int n) {
        return lint::finding{&one, lint::level::notice, {{"n", n}, {"t", "!"}}, 1, {}}.detail();
    };
    CHECK(said(0) == "0 links lead on!");
    CHECK(said(1) == "1 link leads on!");
    CHECK(said(2) == "2 links lead on!");
}

TEST_CASE("no sentence says \"1 images\"") {
    for (auto const& one : lint::checks()) {
        CAPTURE(one.id);
        for (std::string_view number : {"{count} ", "{images} ", "{links} ", "{words} ", "{clients} "})
            for (auto at = one.detail.find(number); at != one.detail.npos; at = one.detail.find(number, at + 1))
                CHECK(one.detail.substr(at + number.size()).starts_with("of "));
    }
}

TEST_CASE("a value from the mail is cut short and cannot steer a terminal") {
    lint::argument const long_one("a", std::string(5000, 'x'));
    CHECK(std::get<std::string>(long_one.value).size() < 200);
    CHECK(std::get<std::string>(lint::argument("a", "a\x1b[31m\r\nb\xFF").value) == "a [31m b\uFFFD");
    CHECK(std::get<std::string>(lint::argument("a", "gpj.\u202Eexe\u200B").value) == "gpj.exe");
}
