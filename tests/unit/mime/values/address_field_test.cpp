#include <postrider/core/limits.hpp>
#include <postrider/mime/address_field.hpp>

#include "support.hpp"

using namespace postrider;
using namespace std::string_literals;
using mime::defect_kind, mime::mailbox, mime::parse_address_field;

namespace {

std::vector<mailbox> sound(std::string_view text) {
    INFO(text);
    auto const field = parse_address_field(text);
    CHECK(field.defects.empty());
    CHECK(field.rejected.empty());
    return mime::mailboxes(field.entries);
}

/// One mailbox, read in spite of what is wrong with it.
void repaired(std::string_view text, std::string_view name, std::string_view address) {
    INFO(text);
    auto const field = parse_address_field(text);
    CHECK(has(field.defects, defect_kind::invalid_address));
    CHECK(field.rejected.empty());
    auto const found = mime::mailboxes(field.entries);
    REQUIRE(found.size() == 1);
    CHECK(found[0].name == name);
    CHECK(found[0].address == address);
    CHECK(mime::parse_addr_spec(found[0].address).has_value());
}

void rejected(std::string_view text) {
    INFO(text);
    auto const field = parse_address_field(text);
    CHECK(has(field.defects, defect_kind::invalid_address));
    CHECK(mime::mailboxes(field.entries).empty());
    CHECK(field.rejected.size() == 1);
}

}  // namespace

TEST_CASE("RFC 5322 appendix A: addresses as they should be, and the obsolete ones") {
    CHECK(sound("John Doe <jdoe@machine.example>") == std::vector<mailbox>{{"John Doe", "jdoe@machine.example"}});
    CHECK(sound("\"Joe Q. Public\" <john.q.public@example.com>") ==
          std::vector<mailbox>{{"Joe Q. Public", "john.q.public@example.com"}});
    CHECK(sound("Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>") ==
          std::vector<mailbox>{{"Mary Smith", "mary@x.test"}, {"", "jdoe@example.org"}, {"Who?", "one@y.test"}});
    CHECK(sound("<boss@nil.test>, \"Giant; \\\"Big\\\" Box\" <sysservices@example.net>") ==
          std::vector<mailbox>{{"", "boss@nil.test"}, {"Giant; \"Big\" Box", "sysservices@example.net"}});
    CHECK(sound("Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>") ==
          std::vector<mailbox>{{"Pete", "pete@silly.test"}});
    CHECK(sound("Ann <ann(->, once)@x.example>, b@c") == std::vector<mailbox>{{"Ann", "ann@x.example"}, {"", "b@c"}});
    CHECK(sound("Mary Smith\r\n <@node.test:mary@example.net>, , jdoe@test  . example") ==
          std::vector<mailbox>{{"Mary Smith", "mary@example.net"}, {"", "jdoe@test.example"}});
    CHECK(sound("Joe Q. Public <john.q.public@example.com>").size() == 1);
    CHECK(sound("").empty());
    CHECK(sound(" (nobody) ").empty());
}

TEST_CASE("groups keep their members, and an empty one is no defect") {
    auto const field = parse_address_field(
        "A Group(Some people)\r\n  :Chris Jones <c@(Chris's host.)public.example>,\r\n"
        "  joe@example.org, John <jdoe@one.test> (my dear friend); (the end), x@y");
    CHECK(field.defects.empty());
    REQUIRE(field.entries.size() == 2);
    CHECK(field.entries[0].is_group);
    CHECK(field.entries[0].name == "A Group");
    CHECK(field.entries[0].mailboxes == std::vector<mailbox>{{"Chris Jones", "c@public.example"},
                                                             {"", "joe@example.org"},
                                                             {"John", "jdoe@one.test"}});
    CHECK(field.entries[1].mailboxes[0].address == "x@y");
    auto const empty = parse_address_field("(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;");
    CHECK(empty.defects.empty());
    REQUIRE(empty.entries.size() == 1);
    CHECK(empty.entries[0].name == "Hidden recipients");
    CHECK(empty.entries[0].mailboxes.empty());
    CHECK(parse_address_field("=?utf-8?q?J=C3=B6?=: a@b;").entries[0].name == "Jö");
}

TEST_CASE("what mailers do to addresses is read where it can mean but one mailbox") {
    repaired("Ann <a@b", "Ann", "a@b");
    repaired("<<a@b>>", "", "a@b");
    repaired("a@b>", "", "a@b");
    repaired("ann@x.example <a@b>", "ann@x.example", "a@b");
    repaired("Ann <mailto:a@b>", "Ann", "a@b");
    repaired("mailto:a@b", "", "a@b");
    repaired("a@b.", "", "a@b");
    repaired("Ann [Sales] <a@b>", "Ann [Sales]", "a@b");
    repaired("Ann <a@b> Example", "Ann", "a@b");
    repaired("user..name@docomo.example", "", "\"user..name\"@docomo.example");
    repaired("Yuki <user.@ezweb.example>", "Yuki", "\"user.\"@ezweb.example");
    repaired("\"Ann <a@b>", "Ann", "a@b");
    repaired("Ann (Sales <a@b>", "Ann", "a@b");
    repaired("=?utf-8?q?J=C3=B6?= [x] <a@b>", "Jö [x]", "a@b");
    repaired("Friends: a@b", "", "a@b");
    repaired("a@b;", "", "a@b");
}

TEST_CASE("a member that makes no sense harms no other") {
    auto const field = parse_address_field("Doe, John <j@d>, nobody, a@b@c, Ann <ann@x>; \"Eve\" <e@v>");
    CHECK(mime::mailboxes(field.entries) == std::vector<mailbox>{{"John", "j@d"}, {"Ann", "ann@x"}, {"Eve", "e@v"}});
    CHECK(field.rejected == std::vector<std::string>{"Doe", "nobody", "a@b@c"});
    CHECK(field.defects == std::vector{defect_kind::invalid_address});
    CHECK(parse_address_field("\"open, a@b, (x, c@d").entries.size() == 2);
    CHECK(parse_address_field("Ann <a@b, Bob <c@d>").entries.size() == 2);
}

TEST_CASE("hazard 104: of two addresses none is taken, unless brackets say which one counts") {
    for (auto text : {"a@b@c",
                      "a@malicious.example@important.example",
                      "<a@b>c@d",
                      "<a@b> <c@d>",
                      "<a@b><c@d>",
                      "a b@c",
                      "alice@example.org(bob@example.com",
                      "alice@example.org)bob@example.com",
                      "a@b c@d",
                      "alice@example.org\"bob@example.com",
                      "alice@example.org[bob@example.com",
                      "<a@b@c>",
                      "Ann <a@b> <c@d",
                      "a@b <c@d> e@f",
                      "\"a@b\"",
                      "=?utf-8?q?a=40b?=",
                      "=?utf-8?q?a@b?=@evil",
                      "@b",
                      "a@",
                      "<>",
                      "x"})
        rejected(text);
    CHECK(sound("\"x@evil x\"@in") == std::vector<mailbox>{{"", "\"x@evil x\"@in"}});
    repaired("alice@example.org<bob@example.com>", "alice@example.org", "bob@example.com");
    CHECK(sound("=?utf-8?q?a=40b?=@c") == std::vector<mailbox>{{"", "=?utf-8?q?a=40b?=@c"}});  // no word: RFC 2047 §5
}

TEST_CASE("hazard 105: an encoded-word is decoded after the list was cut, and hides no control character") {
    CHECK(sound("=?utf-8?q?a=2C_b_=3Cx=40y=3E?= <a@b>") == std::vector<mailbox>{{"a, b <x@y>", "a@b"}});
    CHECK(sound("=?utf-8?q?Doe,_John?= <a@b>, c@d") == std::vector<mailbox>{{"Doe, John", "a@b"}, {"", "c@d"}});
    CHECK(sound("=?utf-8?q?a=0D=0ABcc:_x?= <a@b>") == std::vector<mailbox>{{"a\\x0d\\x0aBcc: x", "a@b"}});
    CHECK(sound("=?utf-8?b?5rWL?= =?utf-8?b?6K+V?= <a@b>") == std::vector<mailbox>{{"测试", "a@b"}});
    CHECK(sound("=?gb2312?B?1tDOxA==?= <a@b>") == std::vector<mailbox>{{"中文", "a@b"}});
    auto const quoted = parse_address_field("\"=?utf-8?q?J=C3=B6?=\" <a@b>");
    CHECK(quoted.entries[0].mailboxes[0].name == "Jö");
    CHECK(has(quoted.defects, defect_kind::invalid_header));
    auto const twice = parse_address_field("=?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3F=3D?= <a@b>");
    CHECK(twice.entries[0].mailboxes[0].name == "=?utf-8?q?x?=");
    CHECK(has(parse_address_field("=?nobody?q?x?= <a@b>").defects, defect_kind::unknown_charset));
}

TEST_CASE("octets that are no text make no address") {
    auto const field = parse_address_field("J\xF6hn <a@b>, x\xFF@y, \"n\0l\" <c@d>, e\x01@f"s);
    CHECK(mime::mailboxes(field.entries) == std::vector<mailbox>{{"J\uFFFDhn", "a@b"}, {"n\uFFFDl", "c@d"}});
    CHECK(field.rejected.size() == 2);
    CHECK(has(field.defects, defect_kind::undecodable_bytes));
    CHECK(has(field.defects, defect_kind::non_printable));
    CHECK(sound("用户@例子.广告, Jörg <jörg@example.net>").size() == 2);  // RFC 6532
}

TEST_CASE("hazards 96, 100, 101, 102, 103: bombs cost linear time, and a limit is a defect") {
    auto read = [](std::string const& text) { return parse_address_field(text); };
    auto const many = read(repeated("a@b,", limits::addresses + 10));
    CHECK(many.entries.size() == limits::addresses);
    CHECK(has(many.defects, defect_kind::value_limit));
    CHECK(read(repeated("a@b,", 100'000)).defects.empty());
    for (std::string_view piece :
         {":",  "a:",           ";",     "<",  ">",    "(", ")", "\"", "[",  "\\", "<\"", "(\"", "\"\\\"", "=?a?q?",
          "=?", "=?a?q?a@b?= ", "<a@b>", "a ", "a@b@", "@", ".", "<(", "\"<"}) {
        auto const field = read(repeated(piece, 200'000));
        CHECK(field.rejected.size() <= limits::listed_values);
        CHECK(mime::mailboxes(field.entries).empty());
    }
    CHECK(read(repeated("(", 100'000) + repeated(")", 100'000) + "a@b").entries.size() == 1);
    CHECK(read("a@[" + repeated("x", 262'144) + "]").entries.size() == 1);
    CHECK(read(repeated("=?utf-8?q?a?= ", 100'000) + "<a@b>").entries.size() == 1);
    CHECK(read(repeated("g:", 99'999) + "a@b").entries.size() == 1);
    CHECK(read(repeated("\"a\" ", 200'000) + "<a@b>").entries.size() == 1);
}
