#include <postrider/mime/flowed.hpp>

#include "support.hpp"

using namespace postrider;
using mime::flowed_paragraph;
using mime::from_flowed;
using mime::read_flowed;
using mime::to_flowed;

TEST_CASE("a line that ends with a blank goes on in the next") {
    CHECK(from_flowed("one \r\ntwo \r\nthree\r\nfour\r\n") == "one two three\nfour\n");
    CHECK(from_flowed("one \ntwo") == "one two\n");
    CHECK(from_flowed("") == "");
    CHECK(from_flowed("a\r\n\r\nb \r\n") == "a\n\nb\n");
}

TEST_CASE("RFC 3676 §4.1: with DelSp the blank goes") {
    CHECK(from_flowed("测试 \r\n邮件\r\n", true) == "测试邮件\n");
    CHECK(from_flowed("one  \r\ntwo\r\n", true) == "one two\n");
}

TEST_CASE("RFC 3676 §4.4: stuffed blanks are removed") {
    CHECK(from_flowed(" From me\r\n >x\r\n  y\r\n") == "From me\n>x\n y\n");
}

TEST_CASE("RFC 3676 §4.5: quoted paragraphs of one depth are joined, others are not") {
    CHECK(read_flowed(
              "> Thou villainous ill-breeding \r\n> spongy.\r\n>> Thou \r\n>> artless\r\n>>> swag!\r\nEmpty\r\n") ==
          std::vector<flowed_paragraph>{
              {1, "Thou villainous ill-breeding spongy."}, {2, "Thou artless"}, {3, "swag!"}, {0, "Empty"}});
    CHECK(read_flowed("> a \r\n>> b \r\nc\r\n") == std::vector<flowed_paragraph>{{1, "a "}, {2, "b "}, {0, "c"}});
    CHECK(read_flowed(">\r\n> \r\n>> >x") == std::vector<flowed_paragraph>{{1, ""}, {1, ""}, {2, ">x"}});
}

TEST_CASE("RFC 3676 §4.3: the mark of a signature is no flowed line") {
    CHECK(from_flowed("text \r\n-- \r\nname \r\nplace\r\n") == "text\n-- \nname place\n");
    CHECK(from_flowed("> -- \r\n> name\r\n") == "> -- \n> name\n");
}

TEST_CASE("long lines are cut at blanks, which stay") {
    CHECK(to_flowed("one two three four five\nsix", {.width = 12}) == "one two \r\nthree four \r\nfive\r\nsix\r\n");
    CHECK(to_flowed("short") == "short\r\n");
    CHECK(to_flowed("blank behind   \n") == "blank behind\r\n");
    CHECK(to_flowed(repeated("x", 100) + " y") == repeated("x", 100) + " \r\ny\r\n");
    CHECK(to_flowed("") == "");
}

TEST_CASE("what could be mistaken is stuffed") {
    CHECK(to_flowed(" indented\nFrom me\n") == "  indented\r\n From me\r\n");
    CHECK(to_flowed("aaaaaaaa From bbb", {.width = 10}) == "aaaaaaaa \r\n From bbb\r\n");
}

TEST_CASE("quotations keep their depth on every line") {
    CHECK(to_flowed("> one two three four\n> > deep\n>>deeper\n>\n", {.width = 11}) ==
          "> one two \r\n> three \r\n> four\r\n>> deep\r\n>> deeper\r\n>\r\n");
    CHECK(to_flowed("> -- \n-- \nme") == "> -- \r\n-- \r\nme\r\n");
}

TEST_CASE("with DelSp ideographs are cut between") {
    auto const text = repeated("测试", 20) + " and 中文";
    auto const flowed = to_flowed(text, {.width = 20, .delsp = true});
    CHECK(flowed.substr(0, flowed.find("\r\n")) == repeated("测试", 4) + "测 ");
    CHECK(from_flowed(flowed, true) == text + "\n");
    CHECK(to_flowed(text, {.width = 20}) == repeated("测试", 20) + " \r\nand 中文\r\n");
}

TEST_CASE("what was written is read back") {
    for (auto const* text : {"a\n", "one two three four five six seven eight\n", "  two  blanks  inside  stay  \nx\n",
                             "> q q q q q q q q q\n>> r\nz\n", "-- \nsignature\n", "From x From y From z\n\n\nend\n",
                             "测试 邮件 测试 邮件 测试 邮件\n", " > no quotation\n"})
        for (bool delsp : {false, true})
            for (std::size_t width : {8, 10, 24, 72}) {
                auto expected = std::string(text);
                if (auto at = expected.find("  \n"); at != expected.npos) expected.erase(at, 2);
                CHECK(from_flowed(to_flowed(text, {.width = width, .delsp = delsp}), delsp) == expected);
            }
}

TEST_CASE("a line of quote marks alone takes linear room") {
    auto const marks = repeated(">", 100'000) + repeated(" a", 100'000);
    CHECK(to_flowed(marks).size() < 2 * marks.size());
    CHECK(from_flowed(marks).size() <= marks.size() + 2);
    CHECK(from_flowed(repeated(">\n", 100'000)).size() == 200'000);
}

TEST_CASE("no line of a paragraph becomes the mark of a signature") {
    CHECK(to_flowed("aaaaaaaa -- bbbbbbbb", {.width = 10}) == "aaaaaaaa \r\n-- bbbbbbbb\r\n");
    CHECK(from_flowed(to_flowed("测测测测--测测测测", {.width = 10, .delsp = true}), true) == "测测测测--测测测测\n");
}

TEST_CASE("a CR alone ends no line, and is dropped at the end of one") {
    CHECK(to_flowed("a\rb\r\r\nc") == "a\rb\r\nc\r\n");
}

TEST_CASE("octets that are no UTF-8 are written as U+FFFD") {
    CHECK(to_flowed("caf\xe9 x") == "caf\uFFFD x\r\n");
}
