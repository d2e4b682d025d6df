#include <doctest/doctest.h>

#include <postrider/mime/parse.hpp>

#include "messages.hpp"

using namespace postrider::mime;
using namespace postrider::mime::test;

TEST_CASE("a message without MIME is one text part") {
    std::string const octets = "From: a@example.com\r\nSubject: hi\r\n\r\nbody\r\n";
    parsed_message const message = parse(octets);
    CHECK(message.part_count() == 1);
    parsed_part const root = message.root();
    CHECK(root.content_type() == "text/plain");
    CHECK(root.body() == "body\r\n");
    CHECK(root.header_range() == octet_range{0, 34});
    CHECK(root.body_range() == octet_range{36, 42});
    CHECK_FALSE(root.is_container());
    CHECK_FALSE(root.parent());
    CHECK(names(root).empty());
}

TEST_CASE("nothing at all is a message too") {
    parsed_message const message = parse("");
    CHECK(message.part_count() == 1);
    CHECK(message.root().body().empty());
    CHECK(message.root().content_type() == "text/plain");
}

TEST_CASE("copies of a message share its structure, and parts outlive the copy they came from") {
    std::string const octets = multipart("b", {"\none", "\ntwo"});
    std::optional<parsed_message> first(parse(octets));
    parsed_message const second = *first;
    parsed_part const part = first->part(1);
    first.reset();
    CHECK(part.body() == "one");
    CHECK(second.part(2).body() == "two");
}

TEST_CASE("multipart: parts, preamble, epilogue, and the line end that belongs to the delimiter") {
    std::string const octets =
        "Content-Type: multipart/mixed; boundary=b\n\nbefore\n--b\n\none\n\n--b\nX: y\n\ntwo\n--b--\nafter\n";
    parsed_message const message = parse(octets);
    parsed_part const root = message.root();
    auto const parts = root.children();
    REQUIRE(parts.size() == 2);
    CHECK(root.preamble() == "before");
    CHECK(root.epilogue() == "after\n");
    CHECK(parts[0].body() == "one\n");
    CHECK(parts[1].body() == "two");
    CHECK(parts[1].value("x") == "y");
    CHECK(parts[1].parent() == root);
    CHECK(parts[1].depth() == 1);
    check_invariants(message);
}

TEST_CASE("hazard 117: what stands before and behind the parts can be asked, and is a defect if it looks like a part") {
    auto const around = [](std::string_view before, std::string_view behind) {
        return "Content-Type: multipart/mixed; boundary=b\n\n" + std::string(before) + "\n--b\n\n1\n--b--\n" +
               std::string(behind);
    };
    std::string const hidden = "--c\ncontent-type: application/x-evil\n\npayload";
    std::string const plain = "This is a multi-part message in MIME format.\nContent - is below\n\n";
    std::string const in_front = around(hidden, plain);
    std::string const behind = around(plain, hidden);
    CHECK(parse(in_front).root().preamble() == hidden);
    CHECK(parse(behind).root().epilogue() == hidden);
    for (std::string const& octets : {in_front, behind}) {
        parsed_message const message = parse(octets);
        CHECK(names(message.root()) == "HiddenContent");
        CHECK(octets.substr(message.root().defects()[0].offset).starts_with("content-type"));
    }
    CHECK(names(parse_owned(around(plain, plain)).root()).empty());
}

TEST_CASE("an inner multipart ends where its parent goes on") {
    std::string const octets =
        "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\n1\n"
        "--o\n\n2\n--o--\n";
    parsed_message const message = parse(octets);
    CHECK(outline(message) == "multipart/mixed(multipart/mixed(text/plain),text/plain)");
    CHECK(names(message.part(1)) == "CloseBoundaryNotFound");
    CHECK(message.part(2).body() == "1");
    CHECK(names(message.root()).empty());
}

TEST_CASE("a digest holds messages by default; a part may say otherwise") {
    std::string const octets =
        "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: s\n\nx\n--b\nContent-Type: "
        "text/html\n\n<p>\n--b--\n";
    parsed_message const message = parse(octets);
    CHECK(outline(message) == "multipart/digest(message/rfc822(text/plain),text/html)");
    CHECK(message.part(2).value("subject") == "s");
}

TEST_CASE("message/rfc822 and message/global are read on; an encoded one is content") {
    CHECK(outline(parse("Content-Type: message/rfc822\n\nContent-Type: message/global\n\nA: b\n\nx")) ==
          "message/rfc822(message/global(text/plain))");
    parsed_message const encoded =
        parse("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nQTogYgoKeA==");
    CHECK(outline(encoded) == "message/rfc822");
    CHECK(names(encoded.root()) == "EncodedMessage");
    CHECK(encoded.root().content().octets() == "A: b\n\nx");
}

TEST_CASE("a leading mbox line is set aside, and one further down is passed over") {
    std::string const octets = "From me Fri Nov 20 10:11:12 2026\nA: b\nFrom you\nC: d\n\nx";
    parsed_message const message = parse(octets);
    CHECK(message.envelope_line() == "From me Fri Nov 20 10:11:12 2026");
    CHECK(message.root().header_range().begin == 33);
    CHECK(field_names(message.root()) == "A C");
    CHECK(names(message.root()) == "MisplacedEnvelopeHeader");
    CHECK(message.root().defects()[0].offset == 38);
    CHECK(message.root().body() == "x");
}

TEST_CASE("delimiter lines: blanks behind them, none in front, and no look-alikes") {
    std::string const octets =
        "Content-Type: multipart/mixed; boundary=b\n\n--b \t\n\n1\n --b\n--bb\n--b-\n-- b\n--B\n"
        "--b--\t\n";
    parsed_message const message = parse(octets);
    REQUIRE(message.part_count() == 2);
    CHECK(message.part(1).body() == "1\n --b\n--bb\n--b-\n-- b\n--B");
}

TEST_CASE("a delimiter line that repeats makes no part, and one at the end makes an empty one") {
    CHECK(outline(parse("Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n\nx\n--b--")) ==
          "multipart/mixed(text/plain)");
    parsed_message const cut = parse("Content-Type: multipart/mixed; boundary=b\n\n--b");
    CHECK(outline(cut) == "multipart/mixed(text/plain)");
    CHECK(names(cut.root()) == "CloseBoundaryNotFound");
    check_invariants(cut);
}

TEST_CASE("a delimiter ends a header section") {
    parsed_message const message = parse("Content-Type: multipart/mixed; boundary=b\n\n--b\nA: b\n--b\n\nx\n--b--");
    REQUIRE(message.part_count() == 3);
    CHECK(message.part(1).value("a") == "b");
    CHECK(message.part(1).body().empty());
    check_invariants(message);
}

TEST_CASE("every prefix of a message is a message whose ranges lie within each other") {
    std::string const octets =
        "From x\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\npre\r\n--o\r\nContent-Type: multipart/digest;\r\n "
        "boundary=\"i\"\r\n\r\n--i\r\n\r\nA: b\r\n\r\n1\r\n--i--\r\nepi\r\n--o\r\n\r\n2\r\n--o--\r\nend";
    for (std::size_t size = 0; size <= octets.size(); ++size) {
        CAPTURE(size);
        check_invariants(parse(std::string_view(octets).substr(0, size)));
    }
}
