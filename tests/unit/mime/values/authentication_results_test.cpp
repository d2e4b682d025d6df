#include <postrider/core/limits.hpp>
#include <postrider/mime/authentication_results.hpp>

#include "support.hpp"

using namespace postrider;
using mime::defect_kind, mime::parse_authentication_results;
using property = mime::authentication_property;

TEST_CASE("RFC 8601 appendix B: the examples") {
    auto none = parse_authentication_results("example.org 1; none");
    CHECK(none.authserv_id == "example.org");
    CHECK(none.version == 1);
    CHECK(none.results.empty());
    CHECK(none.defects.empty());

    auto spf = parse_authentication_results("example.com;\r\n          spf=pass smtp.mailfrom=example.net");
    CHECK(spf.defects.empty());
    REQUIRE(spf.find("spf"));
    CHECK(spf.find("spf")->result == "pass");
    CHECK(*spf.find("spf")->find("smtp", "mailfrom") == "example.net");

    auto several = parse_authentication_results(
        "example.com;\r\n auth=pass (cram-md5) smtp.auth=sender@example.net;\r\n spf=pass smtp.mailfrom=example.net");
    REQUIRE(several.results.size() == 2);
    CHECK(several.results[0].comment == "cram-md5");
    CHECK(several.results[0].properties == std::vector<property>{{"smtp", "auth", "sender@example.net"}});

    auto reason = parse_authentication_results(
        "example.com; dkim=pass reason=\"good signature\"\r\n"
        " header.i=@mail-router.example.net; dkim=fail reason=\"bad signature\"\r\n"
        " header.i=@newyork.example.com");
    CHECK(reason.results[0].reason == "good signature");
    CHECK(*reason.results[1].find("header", "i") == "@newyork.example.com");

    auto comments = parse_authentication_results(
        "foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n"
        " policy (A dot can go here) . (like that) expired\r\n (this surprised me) = (as I wasn't expecting it) "
        "1362471462");
    CHECK(comments.defects.empty());
    CHECK(comments.authserv_id == "foo.example.net");
    REQUIRE(comments.find("dkim"));
    CHECK(comments.find("dkim")->result == "fail");
    CHECK(*comments.find("dkim")->find("policy", "expired") == "1362471462");
}

TEST_CASE("results as servers write them") {
    auto const google = parse_authentication_results(
        "mx.google.example;\r\n       dkim=pass header.i=@example.net header.s=sel header.b=\"ab/cd+1=\";\r\n"
        "       spf=pass (google.com: domain of a@b designates 192.0.2.1 as permitted sender) smtp.mailfrom=\"a "
        "b\"@c;\r\n"
        "       dmarc=PASS (p=REJECT sp=REJECT dis=NONE) header.from=example.net");
    CHECK(google.defects.empty());
    CHECK(*google.find("dkim")->find("header", "b") == "ab/cd+1=");
    CHECK(*google.find("spf")->find("smtp", "mailfrom") == "\"a b\"@c");
    CHECK(google.find("dmarc")->result == "pass");

    auto const outlook = parse_authentication_results(
        "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=b.example; dkim=none;dmarc=pass action=none "
        "header.from=b.example;"
        "compauth=pass reason=100");
    CHECK(outlook.authserv_id.empty());
    CHECK(has(outlook.defects, defect_kind::invalid_header));
    REQUIRE(outlook.results.size() == 4);
    CHECK(*outlook.find("dmarc")->find("", "action") == "none");
    CHECK(outlook.find("compauth")->reason == "100");

    auto const arc = parse_authentication_results("i=2; mx.example.org; arc=pass; spf=pass smtp.mailfrom=x");
    CHECK(arc.instance == 2);
    CHECK(arc.authserv_id == "mx.example.org");
    CHECK(arc.results.size() == 2);
    CHECK(parse_authentication_results("i.example; spf=pass;").defects.empty());
}

TEST_CASE("results that make no sense tell so, and bombs cost linear time") {
    CHECK(has(parse_authentication_results("").defects, defect_kind::header_missing_required_value));
    for (auto text :
         {"x y; none", "x; spf", "x; spf=", "x; =pass", "x; spf=pass smtp", "x 1 2; none", "x; spf/a=pass"}) {
        INFO(text);
        CHECK(has(parse_authentication_results(text).defects, defect_kind::invalid_header));
    }
    auto const many = parse_authentication_results("x" + repeated("; spf=pass a.b=c", 100'000));
    CHECK(many.results.size() <= limits::listed_values);
    CHECK(has(many.defects, defect_kind::value_limit));
    for (std::string_view piece : {";", "=", "a=", "(", "\"", ".", "a.b=", "/", " ", "a"})
        parse_authentication_results(repeated(piece, 300'000));
}
