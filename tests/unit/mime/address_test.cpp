#include <chrono>
#include <postrider/core/error.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/address.hpp>
#include <sstream>

#include "support.hpp"

using namespace postrider;
using mime::mailbox;

namespace {

std::vector<mailbox> read(std::string_view text) {
    auto list = mime::parse_address_list(text);
    INFO(text);
    REQUIRE(list.has_value());
    return mime::mailboxes(*list);
}

void ok(std::string_view text, std::string_view name, std::string_view address) {
    INFO(text);
    auto one = mime::parse_mailbox(text);
    REQUIRE(one.has_value());
    CHECK(one->name == name);
    CHECK(one->address == address);
}

void bad(std::string_view text) {
    INFO(text);
    CHECK(mime::parse_address_list(text).error() == mime::errc::bad_address);
}

}  // namespace

TEST_CASE("a mailbox in every form of RFC 5322 section 3.4") {
    ok("a@b", "", "a@b");
    ok("<a@b>", "", "a@b");
    ok("Ann <a@b>", "Ann", "a@b");
    ok("  Ann   Example\t<a@b>  ", "Ann Example", "a@b");
    ok("\"Doe, Ann\" <a@b>", "Doe, Ann", "a@b");
    ok("\"a \\\"quoted\\\" \\\\ name\" <a@b>", "a \"quoted\" \\ name", "a@b");
    ok("J. R. Hacker <a@b>", "J. R. Hacker", "a@b");
    ok("Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", "Pete", "pete@silly.test");
    ok("\"john doe\"@example.com", "", "\"john doe\"@example.com");
    ok("a@[192.0.2.1]", "", "a@[192.0.2.1]");
    ok("Ann <a@[IPv6:2001:db8::1]>", "Ann", "a@[IPv6:2001:db8::1]");
    ok("Mary Smith <@node.test,@other.test:mary@example.net>", "Mary Smith", "mary@example.net");
    ok("a . b @ c . d", "", "a.b@c.d");
    ok("a@b (Joe)", "Joe", "a@b");
    ok("Joe (x) <a@b>", "Joe", "a@b");
}

TEST_CASE("names and addresses in UTF-8") {
    ok("测试 <you@example.net>", "测试", "you@example.net");
    ok("用户@例子.广告", "", "用户@例子.广告");
    ok("\"Ünï, C\" <ünï@example.net>", "Ünï, C", "ünï@example.net");
    CHECK(mime::parse_mailbox("\xff\xfe <a@b>").error() == mime::errc::bad_address);
}

TEST_CASE("encoded-words are decoded after the list is cut up, and never inside quotes") {
    ok("=?utf-8?b?5rWL6K+V?= <a@b>", "测试", "a@b");
    ok("=?utf-8?q?J=C3=B6hn?= Doe <a@b>", "Jöhn Doe", "a@b");
    ok("\"=?utf-8?q?x?=\" <a@b>", "=?utf-8?q?x?=", "a@b");
    auto one = read("=?utf-8?q?a=2C_b_=3Cx=40y=3E?= <a@b>");
    REQUIRE(one.size() == 1);
    CHECK(one[0].name == "a, b <x@y>");
    ok("=?utf-8?q?a=0D=0AX_y?= <a@b>", "=?utf-8?q?a=0D=0AX_y?=", "a@b");
}

TEST_CASE("a list keeps groups, and skips empty members") {
    auto list = mime::parse_address_list("A Group:Ed Jones <joe@where.test>,john@one.test;, x@y, , ,Undisclosed: ;");
    REQUIRE(list.has_value());
    REQUIRE(list->size() == 3);
    CHECK((*list)[0].is_group);
    CHECK((*list)[0].name == "A Group");
    CHECK((*list)[0].mailboxes == std::vector<mailbox>{{"Ed Jones", "joe@where.test"}, {"", "john@one.test"}});
    CHECK_FALSE((*list)[1].is_group);
    CHECK((*list)[2].is_group);
    CHECK((*list)[2].mailboxes.empty());
    CHECK(read("").empty());
    CHECK(read(" , (nobody) ,").empty());
}

TEST_CASE("what is no address is refused") {
    for (auto text :
         {"a",      "a b",         "a@",     "@b",     "a@b c", "a@b c@d",   "a@b@c",       "a..b@c",        ".a@b",
          "a.@b",   "a@b.",        "a@.b",   "a@b..c", "<>",    "<a@b",      "a@b>",        "Ann <a@b> Bob", "Ann <a>",
          "\"a",    "\"a@b",       "a@[",    "a@[]",   "a@[x",  "a@[x[y]",   "(a",          "a (b",          "a@b (c",
          "g: a@b", "g: x: a@b;;", ": a@b;", "a@b;",   "a b@c", "\"a\" b@c", "Ann <<a@b>>", "<@a@b>",        "<@a:>",
          "a@b\\",  "\"a\\",       "(\\",    ";"})
        bad(text);
}

TEST_CASE("control characters are refused wherever they stand") {
    for (int c = 0; c < 33; ++c) {
        if (c == '\t' || c == ' ') continue;
        for (std::string text : {"a@b", "Ann <a@b>", "\"q\" <a@b>", "a@[x]"}) {
            text.insert(text.size() / 2, 1, static_cast<char>(c == 32 ? 127 : c));
            CHECK(mime::parse_address_list(text).error() == mime::errc::control_character);
        }
    }
}

TEST_CASE("hazard 104: addresses that readers have taken for another (CVE-2023-27043, CVE-2019-16056)") {
    bad("alice@example.org)bob@example.com");
    bad("alice@example.org(bob@example.com");
    bad("alice@example.org<bob@example.com>");
    bad("alice@example.org@bob@example.com");
    bad("alice@example.org\"bob@example.com");
    bad("alice@example.org[bob@example.com");
    bad("a@evil@good");
    bad("<a@b>c@d");
    bad("a@malicious.org@important.com");
    ok("\"x@evil x\"@in", "", "\"x@evil x\"@in");
    CHECK(mime::parse_addr_spec("a@b (c)").error() == mime::errc::bad_address);
    CHECK(mime::parse_addr_spec(" a@b").error() == mime::errc::bad_address);
    CHECK(mime::parse_addr_spec("<a@b>").error() == mime::errc::bad_address);
    CHECK(mime::parse_addr_spec("a@b").value() == "a@b");
}

TEST_CASE("hazards 100, 101, 102, 103: hostile length and nesting cost linear time") {
    bad(repeated(":", 99'999));
    bad(repeated("a:", 99'999));
    bad("a@[" + repeated("x", 262'144));
    CHECK(read("a@[" + repeated("x", 262'144) + "]").size() == 1);
    bad(repeated("(", 100'000) + "a@b");
    CHECK(read(repeated("(", 100'000) + repeated(")", 100'000) + "a@b").size() == 1);
    bad(repeated("a ", 500'000));
    bad(repeated("\"a\" ", 200'000));
    bad(repeated("<", 100'000));
    bad("a@" + repeated("b.", 500'000));
    CHECK(read(repeated("=?utf-8?q?a?= ", 10'000) + "<a@b>").size() == 1);
    CHECK(read(repeated("a@b,", 100'000)).size() == 100'000);
    CHECK(mime::parse_address_list(repeated("a@b,", 100'001)).error() == postrider::errc::limit_reached);
    CHECK(read(repeated(",", 1'000'000)).empty());
}

TEST_CASE("a mailbox is written as its name needs") {
    auto text = [](char const* name) { return mime::to_string(mailbox{name, "a@b.c"}); };
    CHECK(text("") == "a@b.c");
    CHECK(text("Ann Example") == "Ann Example <a@b.c>");
    CHECK(text("Doe, Ann") == "\"Doe, Ann\" <a@b.c>");
    CHECK(text("a \"b\" \\") == "\"a \\\"b\\\" \\\\\" <a@b.c>");
    CHECK(text("two  blanks") == "\"two  blanks\" <a@b.c>");
    CHECK(text("测试") == "=?utf-8?b?5rWL6K+V?= <a@b.c>");
    CHECK(text("=?utf-8?q?x?=").find("=?utf-8?") == 0);
    CHECK(text("=?utf-8?q?x?=") != "=?utf-8?q?x?= <a@b.c>");
    std::ostringstream out;
    out << mailbox{"Ann", "a@b"};
    CHECK(out.str() == "Ann <a@b>");
}

TEST_CASE("the parts of an address") {
    mailbox one{"", "\"a@b\"@c.d"};
    CHECK(one.local_part() == "\"a@b\"");
    CHECK(one.domain() == "c.d");
}

TEST_CASE("an address_list is made from all that names recipients") {
    using mime::address_list;
    CHECK(address_list("a@b, c@d").entries().size() == 2);
    CHECK(address_list(std::string("a@b")).entries().size() == 1);
    CHECK(address_list(mailbox{"Doe, Ann", "a@b"}).entries().size() == 1);
    CHECK(address_list({"a@b", "C <c@d>, e@f"}).entries().size() == 3);
    CHECK(address_list({mailbox{"A", "a@b"}, mailbox{"B", "b@c"}}).entries().size() == 2);
    CHECK(address_list(mime::group{"Us", {{"A", "a@b"}}}).entries().front().is_group);
    CHECK(thrown([] { address_list("nobody"); }) == mime::errc::bad_address);
    CHECK(thrown([] { address_list(mailbox{"A", "a@b, c@d"}); }) == mime::errc::bad_address);
    CHECK(thrown([] { address_list(mailbox{"A\r\nBcc: x", "a@b"}); }) == mime::errc::control_character);
    CHECK(thrown([] { address_list(mailbox{"\xff", "a@b"}); }) == mime::errc::unencodable);
    CHECK(thrown([] { address_list(repeated("a", 2000) + "@b"); }) == mime::errc::bad_address);
}

TEST_CASE("as email.utils has them") {
    CHECK(mime::formataddr({"Jöhn", "a@b"}) == "=?utf-8?q?J=C3=B6hn?= <a@b>");
    CHECK(mime::formataddr({"Jöhn", "a@b"}, "iso-8859-1") == "=?iso-8859-1?q?J=F6hn?= <a@b>");
    CHECK(mime::formataddr({"", "a@b"}) == "a@b");
    CHECK(mime::parseaddr("Ann <a@b>") == std::pair<std::string, std::string>("Ann", "a@b"));
    CHECK(mime::parseaddr("a@b@c") == std::pair<std::string, std::string>());
    CHECK(mime::getaddresses({"a@b, C <c@d>", "e@f"}).size() == 3);
    CHECK(mime::getaddresses({"a@b", "a@evil@good"}) == std::vector<std::pair<std::string, std::string>>{{"", ""}});
    CHECK(thrown([] { mime::formataddr({"a\nb", "a@b"}); }) == mime::errc::control_character);
}
