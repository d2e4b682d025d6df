#include <doctest/doctest.h>

#include <postrider/codec/base64.hpp>
#include <postrider/mime/parse.hpp>

#include "messages.hpp"

using namespace postrider::mime;
using namespace postrider::mime::test;

namespace {

struct read {
    std::string octets;
    std::string defects;
};

read encoded(std::string_view encoding, std::string_view body) {
    std::string const octets = with("Content-Transfer-Encoding: " + std::string(encoding), body);
    parsed_message const message = parse(octets);
    decoded_content const content = message.root().content();
    return {std::string(content.octets()), names(content.defects)};
}

read text_in(std::string_view type, std::string_view body) {
    std::string const octets = with("Content-Type: " + std::string(type), body);
    decoded_text const text = parse(octets).root().text();
    return {text.text, names(text.defects)};
}

}  // namespace

TEST_CASE("content is decoded by its transfer encoding; what needs none is a view of the message") {
    CHECK(encoded("base64", "aGVs\r\nbG8=\r\n").octets == "hello");
    CHECK(encoded("BASE64 (so it is) ", "aGVsbG8=").octets == "hello");
    CHECK(encoded("quoted-printable", "a=3Db=\r\nc").octets == "a=bc");
    CHECK(encoded("8bit", "\xff\x00").octets == "\xff");
    std::string const octets = with("A: b", "as it is");
    parsed_message const message = parse(octets);
    CHECK(message.root().content().octets().data() == octets.data() + 6);
}

TEST_CASE("hazard 109: unknown and double encodings leave the content opaque") {
    CHECK(encoded("x-rot13", "abc").octets == "abc");
    CHECK(encoded("x-rot13", "abc").defects == "UnknownTransferEncoding");
    CHECK(encoded("base64 quoted-printable", "YQ==").octets == "YQ==");
    std::string const twice = with("Content-Transfer-Encoding: base64\nContent-Transfer-Encoding: 7bit", "YQ==");
    CHECK(parse(twice).root().content().octets() == "a");
    CHECK(names(parse(twice).root()) == "DuplicateField");
}

TEST_CASE("hazard 109: a multipart that says it is encoded is one opaque leaf, and may be opened") {
    std::string const parts = multipart("b", {"\na=3Db"});
    for (std::string_view encoding : {"base64", "quoted-printable", "x-none", "7bit base64"}) {
        std::string const octets = "Content-Transfer-Encoding: " + std::string(encoding) + "\n" + parts;
        parsed_message const message = parse(octets);
        CAPTURE(encoding);
        CHECK(outline(message) == "multipart/mixed");
        CHECK(names(message.root()) == "InvalidMultipartContentTransferEncoding");
        auto const opened = message.root().open_encoded();
        REQUIRE(opened);
        CHECK(outline(*opened) == "multipart/mixed(text/plain)");
        CHECK(opened->part(1).body() == (encoding == "quoted-printable" ? "a=b" : "a=3Db"));
    }
    for (std::string_view identity : {"7bit", "8BIT", "binary (really)", ""}) {
        std::string const octets = "Content-Transfer-Encoding: " + std::string(identity) + "\n" + parts;
        CHECK(outline(parse(octets)) == "multipart/mixed(text/plain)");
        CHECK_FALSE(parse(octets).root().open_encoded());
    }
    std::string const truly = "Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n" +
                              postrider::codec::encode_base64_lines("--b\n\none\n--b\n\ntwo\n--b--");
    auto const opened = parse(truly).root().open_encoded();
    REQUIRE(opened);
    CHECK(outline(*opened) == "multipart/mixed(text/plain,text/plain)");
}

TEST_CASE("hazard 110: base64 with junk, without padding, with a character left over, and with data behind its end") {
    CHECK(encoded("base64", "aG*V!sbG8=").octets == "hello");
    CHECK(encoded("base64", "aG*V!sbG8=").defects == "InvalidBase64Characters");
    CHECK(encoded("base64", "aGVsbG8").octets == "hello");
    CHECK(encoded("base64", "aGVsbG8").defects == "InvalidBase64Padding");
    CHECK(encoded("base64", "aGVsb").octets == "hel");
    CHECK(encoded("base64", "aGVsb").defects.find("InvalidBase64Length") != std::string::npos);
    CHECK(encoded("base64", "YQ==YQ==").octets == "a");
    CHECK(encoded("base64", "YQ==YQ==").defects.ends_with("DataAfterPadding"));
}

TEST_CASE("hazard 111: quoted-printable that is malformed stays as it is, and ends") {
    CHECK(encoded("quoted-printable", "a=ZZb").octets == "a=ZZb");
    CHECK(encoded("quoted-printable", "a=ZZb").defects == "InvalidQuotedPrintable");
    CHECK(encoded("quoted-printable", "a=").defects == "InvalidQuotedPrintable");
    CHECK(encoded("quoted-printable", std::string(1'000'000, '=')).octets.size() <= 1'000'000);
}

TEST_CASE("uuencode is decoded under each of its names; cut short it stays as it is") {
    constexpr std::string_view cat = "begin 644 cat.txt\n#0V%T\n`\nend\n";
    for (std::string_view name : {"x-uuencode", "uuencode", "UUE", "x-uue"}) CHECK(encoded(name, cat).octets == "Cat");
    CHECK(encoded("uuencode", cat).defects.empty());
    CHECK(encoded("uuencode", "begin 644 cat.txt\n#0V%T\n").octets == "begin 644 cat.txt\n#0V%T\n");
    CHECK(encoded("uuencode", "begin 644 cat.txt\n#0V%T\n").defects == "InvalidUuencode");
    CHECK(encoded("uuencode", "#0V%T\nend\n").defects == "InvalidUuencode");
    CHECK(encoded("uuencode", "begin 644 c\n#0V\x80T\n`\nend\n").defects == "InvalidUuencode");
}

TEST_CASE("text: from its charset to UTF-8") {
    CHECK(text_in("text/plain; charset=gb2312", "\xb4\xbf").octets == "纯");
    CHECK(text_in("text/plain; charset=\"ISO-8859-1\"", "caf\xe9").octets == "café");
    CHECK(text_in("text/plain; charset=x-none", "abc").octets == "abc");
    CHECK(text_in("text/plain; charset=x-none", "abc").defects == "UnknownCharset");
    CHECK(text_in("text/plain; charset=utf-8", "a\xff").octets == "a\xef\xbf\xbd");
    CHECK(text_in("text/plain; charset=utf-8", "a\xff").defects == "UndecodableBytes");
    CHECK(text_in("text/plain", "纯").octets == "纯");
    CHECK(text_in("text/plain; charset=us-ascii", "纯").defects == "UndeclaredCharset");
}

TEST_CASE("hazard 112: escapes, odd UTF-16 and UTF-7 give valid UTF-8 of at most four times the size") {
    for (std::string_view charset : {"utf-7", "iso-2022-jp", "utf-16", "utf-16le", "iso-2022-kr", "hz-gb-2312"}) {
        for (std::string_view octets : {"\x1b$B\x1b(B\x1b$@!", "+AAA-+2AA", "odd", "\xd8\x3d\xff", "~{~}~~\n~{!"}) {
            std::string body;
            for (int i = 0; i < 1000; ++i) body += octets;
            CAPTURE(charset);
            CAPTURE(octets);
            CHECK(text_in("text/plain; charset=" + std::string(charset), body).octets.size() <= 4 * body.size() + 4);
        }
    }
}

TEST_CASE("hazard 113: LF, CRLF and mixed end lines; a lone CR, NUL and U+2028 do not") {
    for (std::string_view octets : {"A: b\nC: d\n\nx\n", "A: b\r\nC: d\r\n\r\nx\r\n", "A: b\nC: d\r\n\nx\r\n"}) {
        parsed_message const message = parse(octets);
        CHECK(field_names(message.root()) == "A C");
        CHECK(message.root().value("a") == "b");
        CHECK(message.root().body().front() == 'x');
        CHECK(octets.substr(message.root().body_range().begin) == message.root().body());
    }
    CHECK(field_names(parse("A: b\rC: d\r\n\r\nx").root()) == "A");
    CHECK(parse("A: b\rC: d\r\n\r\nx").root().value("a") == "b\\x0dC: d");
    std::string_view const nul("A: b\0c\n\n\0x\n", 11);
    CHECK(parse(nul).root().value("a") == "b\\x00c");
    CHECK(parse(nul).root().body() == std::string_view("\0x\n", 3));
    CHECK(field_names(parse("A: b\xe2\x80\xa8\x43: d\n\nx").root()) == "A");
}

TEST_CASE("disposition, file name and Content-ID as they are declared") {
    std::string const octets = with(
        "Content-Type: image/png; name=a.png\nContent-Disposition: INLINE\nContent-ID:\n <image1@example.com> ", "x");
    parsed_message const message = parse(octets);
    CHECK(message.root().disposition() == "inline");
    CHECK(message.root().filename() == "a.png");
    CHECK(message.root().content_id() == "image1@example.com");
    CHECK_FALSE(message.root().charset());
    CHECK_FALSE(parse("A: b\n\n").root().disposition());
    CHECK_FALSE(parse("A: b\n\n").root().filename());
    CHECK_FALSE(parse("A: b\n\n").root().content_id());
}
