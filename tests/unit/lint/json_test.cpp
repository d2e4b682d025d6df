#include <algorithm>
#include <boost/json.hpp>

#include "examined.hpp"

using namespace lint_test;
namespace json = boost::json;

TEST_CASE("a report as JSON has what a page needs to show it, in any language") {
    auto const mail = with("Subject", "", std::string(999, 'x') + "\n");
    auto const all = lint::to_json(examined(mail));
    CHECK(all.at("counts").at("error") == 1);
    CHECK(all.at("spam").is_null());
    CHECK(all.at("clients").as_array().empty());
    json::object const* found = nullptr;
    for (auto const& one : all.at("checks").as_array())
        if (one.at("id") == "body-line-limit") found = &one.as_object();
    REQUIRE(found);
    CHECK(found->at("group") == "headers");
    CHECK(found->at("level") == "error");
    CHECK(found->at("rule") == "RFC 5322 §2.1.1");
    CHECK(found->at("args") == json::value{{"octets", 999}, {"count", 1}});
    CHECK(found->at("count") == 1);
    CHECK(found->at("where") ==
          json::value{{"part", nullptr}, {"header", nullptr}, {"line", 7}, {"offset", mail.find("xxx")}});
    CHECK(found->at("more").as_array().empty());
}

TEST_CASE("checks are told in the order of the catalogue, each once") {
    auto const report = examined(html("<img src=http://a.example/>"));
    CHECK(std::is_sorted(report.findings.begin(), report.findings.end(),
                         [](auto const& a, auto const& b) { return a.of < b.of; }));
    auto const counts = report.counts();
    CHECK(counts[0] + counts[1] + counts[2] + counts[3] == report.findings.size());
}
