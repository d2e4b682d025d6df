#include <doctest/doctest.h>

#include <postrider/core/error.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/proto/mta_sts/policy.hpp>

using namespace postrider;
using mta_sts::mode;
using texts = std::vector<std::string>;

namespace {

std::string refusal_of(std::string_view text) {
    std::string why;
    auto const outcome = mta_sts::parse_policy(text, why);
    CHECK_MESSAGE(outcome.has_error(), text);
    return why;
}

mta_sts::policy read(std::string_view text) {
    std::string why;
    auto const outcome = mta_sts::parse_policy(text, why);
    REQUIRE_MESSAGE(outcome.has_value(), why);
    return *outcome;
}

mta_sts::policy with(texts patterns) {
    mta_sts::policy policy;
    policy.patterns = std::move(patterns);
    return policy;
}

}  // namespace

TEST_CASE("a record announces a policy by its id") {
    CHECK(mta_sts::policy_id({"v=STSv1; id=20160831085700Z;"}) == "20160831085700Z");
    CHECK(mta_sts::policy_id({"v=spf1 -all", "v=STSv1;id=1"}) == "1");
    CHECK(mta_sts::policy_id({"v=STSv1 ; other=x; id=abc ; id=def"}) == "abc");
    CHECK(mta_sts::policy_id({"v=STSv1; id=" + std::string(32, 'a')}) == std::string(32, 'a'));
    for (auto const& records :
         {texts{}, texts{"v=spf1 -all"}, texts{"v=STSv1"}, texts{"v=STSv1;"}, texts{"v=STSv1; id="},
          texts{"v=STSv1; id=a-b"}, texts{"v=STSv1; id=" + std::string(33, 'a')}, texts{"v=STSv10; id=a"},
          texts{"id=a; v=STSv1"}, texts{"v=stsv1; id=a"}, texts{"v=STSv1; id=a", "v=STSv1; id=a"}})
        CHECK(mta_sts::policy_id(records) == std::nullopt);
    CHECK(mta_sts::record_name("example.com.") == "_mta-sts.example.com");
    CHECK(mta_sts::policy_url("example.com") == "https://mta-sts.example.com/.well-known/mta-sts.txt");
}

TEST_CASE("the policy of RFC 8461 §3.2 is read") {
    for (std::string end : {"\r\n", "\n"}) {
        std::string text;
        for (auto const* line : {"version: STSv1", "mode: enforce", "mx: mail.example.com", "mx: *.example.net",
                                 "mx: Backupmx.example.com", "max_age: 604800"})
            text += line + end;
        for (auto const& variant :
             {text, text.substr(0, text.size() - end.size()), text + end + "later: thing" + end}) {
            auto const policy = read(variant);
            CHECK(policy.mode == mode::enforce);
            CHECK(policy.max_age == std::chrono::seconds(604800));
            CHECK(policy.patterns == texts{"mail.example.com", "*.example.net", "backupmx.example.com"});
        }
    }
    CHECK(read("version:STSv1\nmode:testing\nmx:a\nmax_age:1").mode == mode::testing);
    CHECK(read("version: STSv1\nmode: none\nmax_age: 0").patterns.empty());
    CHECK(read("version: STSv1\nmode: none\nmode: enforce\nmax_age: 5\nmax_age: x").mode == mode::none);
    CHECK(read("version: STSv1\nmode: none\nmax_age: 99999999999").max_age == std::chrono::seconds(31'557'600));
}

TEST_CASE("a policy that is none says why") {
    CHECK(refusal_of("") == "the version is missing");
    CHECK(refusal_of("<html>404</html>") == "the version is missing");
    CHECK(refusal_of("version: STSv2\nmode: none\nmax_age: 1") == "the version is not STSv1");
    CHECK(refusal_of("version: STSv1\nmax_age: 1") == "the mode is missing");
    CHECK(refusal_of("version: STSv1\nmode: strict\nmax_age: 1") == "the mode is neither enforce, testing nor none");
    CHECK(refusal_of("version: STSv1\nmode: none") == "max_age is missing");
    CHECK(refusal_of("version: STSv1\nmode: enforce\nmax_age: 1") == "no mx line names a server");
    for (auto const* age : {"", "-1", "1.5", "1 day", "0x10", "99999999999999999999"})
        CHECK(refusal_of("version: STSv1\nmode: none\nmax_age: " + std::string(age)) ==
              "max_age is no number of seconds");
    for (auto const* host : {"", "*", "*.", "*.*.example", "mx..example", ".example", "mx.example..", "*.example..",
                             "mx example", "mx\x1b.example"})
        CHECK(refusal_of("version: STSv1\nmode: enforce\nmax_age: 1\nmx: " + std::string(host)) ==
              "an mx line names no host");
}

TEST_CASE("a policy without end is not read to its end") {
    std::string const head = "version: STSv1\nmode: enforce\nmax_age: 1\n";
    std::string many = head;
    for (std::size_t i = 0; i <= limits::mta_sts_patterns; ++i) many += "mx: a\n";
    std::string why;
    CHECK(mta_sts::parse_policy(many, why).error() == errc::limit_reached);
    CHECK(mta_sts::parse_policy(head + std::string(limits::mta_sts_octets, '\n'), why).error() == errc::limit_reached);
}

TEST_CASE("a pattern names a server as RFC 8461 §4.1 has it") {
    auto const policy = with({"mail.example.com", "*.example.net"});
    for (auto const* host :
         {"mail.example.com", "MAIL.Example.COM", "mail.example.com.", "mx.example.net", "mx.EXAMPLE.net."})
        CHECK_MESSAGE(policy.names(host), host);
    for (auto const* host : {"", ".", "example.com", "mx.example.com", "example.net", ".example.net",
                             "a.mx.example.net", "mxexample.net", "mail.example.com.evil.example", "*.example.com"})
        CHECK_FALSE_MESSAGE(policy.names(host), host);
    CHECK_FALSE(with({}).names("mail.example.com"));
}

TEST_CASE("only a plain 200 of type text/plain holds a policy") {
    std::string const body = "version: STSv1\nmode: enforce\nmx: mx.example\nmax_age: 86400\n";
    std::string why;
    CHECK(mta_sts::policy_of({200, "text/plain; charset=utf-8", body}, why).has_value());
    CHECK(mta_sts::policy_of({200, "Text/Plain", body}, why).has_value());
    for (auto const& answer : {mta_sts::http_answer{301, "text/plain", body},
                               {302, "text/plain", body},
                               {404, "text/plain", body},
                               {204, "text/plain", ""},
                               {200, "text/html", body},
                               {200, "", body},
                               {200, "text/plainer", body},
                               {200, "text/plain", "mode: enforce"}}) {
        why.clear();
        CHECK_FALSE(mta_sts::policy_of(answer, why).has_value());
        CHECK_FALSE(why.empty());
    }
    CHECK(mta_sts::policy_of({302, "text/plain", body}, why).has_error());
    CHECK(why.find("redirects") != std::string::npos);
}
