#include <doctest/doctest.h>

#include <postrider/mime/address.hpp>
#include <postrider/mime/address_field.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace postrider::mime;

namespace {

/// Comments that say nothing take a mailbox, and the address in its brackets, off the path for plain ones.
std::string off_the_plain_path(std::string_view list) {
    std::string text = "()";
    bool quoted = false, escaped = false;
    for (char c : list) {
        text += c;
        if (c == '"' && !escaped) quoted = !quoted;
        escaped = quoted && c == '\\' && !escaped;
        if (!quoted && (c == ',' || c == '<' || c == ':')) text += "()";
    }
    return text;
}

void check_same(std::string const& list) {
    CAPTURE(list);
    auto const plain = parse_address_list(list), gathered = parse_address_list(off_the_plain_path(list));
    REQUIRE(plain.has_value() == gathered.has_value());
    if (!plain) return;  // what a field with such a list is repaired to depends on its comments
    CHECK(*plain == *gathered);
    CHECK(parse_address_field(list).entries == parse_address_field(off_the_plain_path(list)).entries);
}

template <std::size_t Count>
std::string_view any_of(std::string_view const (&choices)[Count], std::mt19937& random) {
    return choices[random() % Count];
}

std::string random_list(std::mt19937& random) {
    constexpr std::string_view pieces[] = {"Ann",    "张伟",  "J. R.", "a",  ".", "..", " ",  "  ", "\t",
                                           "\"",     "\\",    "=?",    "?=", "=", "@",  "@b", "<",  ">",
                                           " <a@b>", "x@y.z", "c.d@e", ", ", ",", ";",  ":",  "[1]"};
    std::string list;
    for (auto count = random() % 9; count > 0; --count) list += any_of(pieces, random);
    return list;
}

}  // namespace

TEST_CASE("a plainly written mailbox says the same on the short path as on the long one") {
    for (std::string const list :
         {"a@b", "ann.example@mail.example.com", "Ann <a@b>", "<a@b>", "Ann Example <a@b>, bob@c , Eve <e@f>",
          "J. R. Doe <j@d>", "张伟 <zhang@例子.example>", "\"Doe, John\" <j@d>", "\"\" <j@d>", "Us: Ann <a@b>, c@d;",
          "Us: a@b;, Them: <c@d>;"})
        check_same(list);
}

TEST_CASE("what is not plainly written is left to the long path") {
    for (std::string const list : {"",
                                   " a@b ",
                                   "a@b (Ann)",
                                   "Ann<a@b>",
                                   "Ann  Example <a@b>",
                                   "Ann\t<a@b>",
                                   "Ann <a@b> ",
                                   "Ann < a@b>",
                                   "Ann <a@b >",
                                   "\"Ann\"<a@b>",
                                   "\"A\\\"nn\" <a@b>",
                                   "\"=?utf-8?q?x?=\" <a@b>",
                                   "=?utf-8?q?=2C?= <a@b>",
                                   "a=?b@c",
                                   "=?utf-8?q?x?=@b",
                                   "a..b@c",
                                   ".a@b",
                                   "a.@b",
                                   "a@b.",
                                   "a@.b",
                                   "a@b..c",
                                   "a@b@c",
                                   "a b@c",
                                   "a@[1.2]",
                                   "\"a b\"@c",
                                   "<@x,@y:a@b>",
                                   "Ann <a@b",
                                   "Ann a@b>",
                                   "Ann <a@b>>",
                                   "<<a@b>>",
                                   "Ann <>",
                                   "Ann <a>",
                                   "a@b c@d",
                                   "\"Ann",
                                   "\"Ann\" Example <a@b>",
                                   "Ann \"x\" <a@b>",
                                   "[x] <a@b>",
                                   "a@b;c@d",
                                   ":a@b;",
                                   "Us:;"})
        check_same(list);
}

TEST_CASE("of lists put together from anything both paths say the same") {
    std::mt19937 random(7);
    for (int i = 0; i < 20'000; ++i) check_same(random_list(random));
}
