#include <postrider/mime/address.hpp>
#include <postrider/mime/error.hpp>
#include <postrider/mime/utils.hpp>

#include "support.hpp"

using namespace postrider;
using namespace mime;
using namespace std::chrono_literals;
using pairs = std::vector<std::pair<std::string, std::string>>;

TEST_CASE("quote and unquote as email.utils has them") {
    CHECK(quote("a \"b\" \\") == "a \\\"b\\\" \\\\");
    CHECK(unquote("\"a \\\"b\\\" \\\\\"") == "a \"b\" \\");
    CHECK(unquote("<a@b>") == "a@b");
    CHECK(unquote("\"") == "\"");
    CHECK(unquote("a") == "a");
    CHECK(unquote("\"a\\b\"") == "a\\b");
}

TEST_CASE("dates: parsed, taken apart, put together") {
    auto const parts = parsedate_tz("Fri, 20 Nov 2026 10:11:12 +0800");
    REQUIRE(parts.has_value());
    CHECK(*parts == date_parts{2026, 11, 20, 10, 11, 12, 8h});
    CHECK(mktime_tz(*parts).time_since_epoch().count() == 1795140672);
    CHECK(parsedate("20 Nov 2026 10:11:12 +0800")->utc_offset == std::nullopt);
    CHECK(parsedate("20 Nov 2026 10:11:12 +0800")->hour == 10);
    CHECK_FALSE(parsedate_tz("31 Feb 2026 10:11:12 +0000").has_value());
    CHECK_FALSE(parsedate_to_datetime("x").has_value());
    auto const when = *parsedate_to_datetime("Fri, 20 Nov 2026 10:11:12 +0800");
    CHECK(format_datetime(when) == "Fri, 20 Nov 2026 10:11:12 +0800");
    CHECK(format_datetime(*parsedate_to_datetime("20 Nov 2026 10:11:12 -0000")) == "Fri, 20 Nov 2026 10:11:12 -0000");
    CHECK(format_datetime(*parsedate_to_datetime("20 Nov 2026 10:11:12 Z"), true) == "Fri, 20 Nov 2026 10:11:12 GMT");
    CHECK_THROWS_AS(format_datetime(when, true), mime::error);
    CHECK(format_datetime(localtime(when.when)).size() == 31);
}

TEST_CASE("RFC 2231 by hand") {
    CHECK(encode_rfc2231("a b") == "a%20b");
    CHECK(encode_rfc2231("\xC3\xBC", "utf-8") == "utf-8''%C3%BC");
    CHECK(encode_rfc2231("x", "us-ascii", "en") == "us-ascii'en'x");
    CHECK(decode_rfc2231("us-ascii'en-us'This%20is") == rfc2231_value{"us-ascii", "en-us", "This%20is"});
    CHECK(decode_rfc2231("it's") == rfc2231_value{std::nullopt, std::nullopt, "it's"});

    auto const decoded = decode_params({{"application/x-stuff", ""},
                                        {"title*1*", "%2A%2A%2Afun%2A%2A%2A%20"},
                                        {"title*0*", "us-ascii'en'This%20is%20even%20more%20"},
                                        {"title*2", "\"isn't it!\""},
                                        {"x", "\"y\""}});
    REQUIRE(decoded.size() == 3);
    CHECK(std::get<std::string>(decoded[1].second) == "\"y\"");
    CHECK(decoded[2].first == "title");
    CHECK(collapse_rfc2231_value(decoded[2].second) == "This is even more ***fun*** isn't it!");
    CHECK(collapse_rfc2231_value(std::string("\"a\\\"b\"")) == "a\"b");
    CHECK(collapse_rfc2231_value(rfc2231_value{"utf-8", "", "\xC3\xBC"}) == "ü");
    CHECK(collapse_rfc2231_value(rfc2231_value{"nobody", "", "x\xC3"}) == "x\uFFFD");
}

TEST_CASE("hazard 107: thousands of sections, gaps, huge numbers") {
    pairs bomb{{"x/y", ""}};
    for (int i = 0; i < 5000; ++i) bomb.emplace_back("a*" + std::to_string(i), "v");
    bomb.emplace_back("b*4294967296*", "v");
    bomb.emplace_back("*0", "v");
    auto const decoded = decode_params(bomb);
    CHECK(std::get<std::string>(decoded.back().second) == '"' + repeated("v", 100) + '"');
}

TEST_CASE("parseaddr and getaddresses are strict, unless told otherwise (CVE-2023-27043)") {
    using pair = std::pair<std::string, std::string>;
    CHECK(parseaddr("Ann <a@b>") == pair{"Ann", "a@b"});
    CHECK(parseaddr("alice@example.org<bob@example.com>") == pair{});
    CHECK(parseaddr("alice@example.org<bob@example.com>", false) == pair{"alice@example.org", "bob@example.com"});
    CHECK(parseaddr("a@b@c", false) == pair{});
    CHECK(getaddresses({"a@b, c@d", "G: e@f;"}) == pairs{{"", "a@b"}, {"", "c@d"}, {"", "e@f"}});
    CHECK(getaddresses({"a@b", "x@y@z"}) == pairs{{"", ""}});
    CHECK(getaddresses({"a@b", "x@y@z, c@d"}, false) == pairs{{"", "a@b"}, {"", "c@d"}});
}

TEST_CASE("a group as text") {
    CHECK(to_string(group{"Us", {{"Ann", "a@b"}, {"", "c@d"}}}) == "Us: Ann <a@b>, c@d;");
    CHECK(to_string(group{"A, B", {}}) == "\"A, B\": ;");
}
