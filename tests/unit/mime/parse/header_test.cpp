#include <doctest/doctest.h>

#include <postrider/mime/parse.hpp>

#include "messages.hpp"

using namespace postrider::mime;
using namespace postrider::mime::test;

namespace {

std::string decoded(std::string_view name, std::string_view body) {
    return decode_field({.name = name, .body = body}).value;
}
std::string subject(std::string_view body) {
    return decoded("Subject", body);
}
std::string to(std::string_view body) {
    return decoded("To", body);
}

std::string defects_of(std::string_view body) {
    std::string all;
    for (defect_kind kind : decode_field({.name = "Subject", .body = body}).defects)
        all.append(all.empty() ? "" : " ").append(to_string(kind));
    return all;
}

}  // namespace

TEST_CASE("fields: names and bodies as they are written, offsets exact, folds kept") {
    std::string const octets = "A: b\r\nLong:  one\r\n\ttwo\r\n  three \r\nEmpty:\r\n\r\n";
    parsed_message const message = parse(octets);
    std::vector<field_view> const fields(message.root().fields().begin(), message.root().fields().end());
    REQUIRE(fields.size() == 3);
    CHECK(fields[1].name == "Long");
    CHECK(fields[1].body == "  one\r\n\ttwo\r\n  three ");
    CHECK(octets.substr(fields[1].offset, 5) == "Long:");
    CHECK(unfold(fields[1].body) == "one\ttwo  three ");
    CHECK(fields[2].body.empty());
    CHECK(message.root().value("LONG") == "one\ttwo  three ");
    CHECK_FALSE(message.root().value("none"));
}

TEST_CASE("encoded-words of every text field") {
    CHECK(subject(" =?utf-8?b?6YKu5Lu25rWL6K+V?=") == "邮件测试");
    CHECK(subject(" =?utf-8?q?a?=\r\n =?iso-8859-1?q?=E4?= plain") == "aä plain");
    CHECK(subject(" =?gb2312?B?08q8/rLiytQ=?=") == "邮件测试");
    CHECK(subject(" not =? a word ?=") == "not =? a word ?=");
}

TEST_CASE("raw 8-bit octets: UTF-8 stays, others are guessed and a defect") {
    CHECK(subject(" 邮件") == "邮件");
    CHECK(defects_of(" 邮件").empty());
    CHECK(subject(" Gr\xfc\xdf") == "Grüß");
    CHECK(defects_of(" Gr\xfc\xdf") == "UndeclaredCharset");
    CHECK(subject(" \x93quoted\x94 \x80 5") == "“quoted” € 5");
    CHECK(subject(" a\x81z") == "a\xef\xbf\xbdz");
    CHECK(defects_of(" a\x81z") == "UndeclaredCharset UndecodableBytes");
    CHECK(subject(" Gr\xfc =?utf-8?q?=C3=9F?=") == "Grü ß");
}

TEST_CASE("raw 8-bit octets are of the charset that the message declares, where it makes sense of them") {
    std::string const fields =
        "Subject: \xd3\xca\xbc\xfe\nContent-Disposition: attachment; filename=\"\xd3\xca.txt\"\n";
    auto const root_of = [&](std::string const& type, std::string const& body = "x") {
        return parse_owned(fields + "Content-Type: " + type + "\n\n" + body);
    };
    parsed_message const chinese = root_of("text/plain; charset=gb2312");
    CHECK(chinese.root().header_charset() == "gb2312");
    CHECK(chinese.root().value("subject") == "邮件");
    CHECK(chinese.root().filename() == "邮.txt");
    CHECK(all_names(chinese.root()) == "UndeclaredCharset");

    parsed_message const inside =
        root_of("multipart/mixed; boundary=b", "--b\nContent-Type: text/html; charset=GBK\n\n--b--");
    CHECK(inside.root().value("subject") == "邮件");
    CHECK(root_of("text/plain; charset=utf-16").root().header_charset() == "utf-16");
    CHECK(root_of("text/plain; charset=utf-16").root().value("subject") == "ÓÊ¼þ");
    CHECK(root_of("text/plain; charset=x-none").root().value("subject") == "ÓÊ¼þ");
    CHECK(root_of("text/plain; charset=utf-8").root().value("subject") == "ÓÊ¼þ");
    CHECK(root_of("text/plain").root().value("subject") == "ÓÊ¼þ");
}

TEST_CASE("hazard 98: lines that are no fields, blanks before the colon, 8-bit names, blank lines first") {
    parsed_message const no_colon = parse("A: b\nno colon here\nC: d\n\nx");
    CHECK(names(no_colon.root()) == "MissingHeaderBodySeparator");
    CHECK(no_colon.root().body() == "no colon here\nC: d\n\nx");
    CHECK(no_colon.root().defects()[0].offset == 5);

    CHECK(names(parse("To : a@example.com\n\nx").root()) == "MissingHeaderBodySeparator");
    CHECK(names(parse("T\xc3\xb6: a\n\nx").root()) == "MissingHeaderBodySeparator");
    CHECK(names(parse("\n\nA: b\n\nx").root()) == "LeadingBlankLine");
    CHECK(names(parse(": nameless\nA: b\n\nx").root()) == "InvalidHeader");
    CHECK(names(parse(" continues nothing\nA: b\n\nx").root()) == "FirstHeaderLineIsContinuation");
    CHECK(names(parse("{}").root()) == "MissingHeaderBodySeparator");
    CHECK(parse("{}").root().body() == "{}");
}

TEST_CASE("hazard 98: random octets always lead to an end") {
    std::uint32_t state = 20261121;
    constexpr std::string_view alphabet =
        "\n\r\t :;=-\"()<>ab?\x00\xff\xc3"
        "From multipart/rfc822";
    for (int round = 0; round < 2000; ++round) {
        std::string octets = round % 2 ? "Content-Type: multipart/mixed; boundary=a\n\n--a\n" : "";
        for (int i = 0; i < 80; ++i) {
            state = state * 1664525 + 1013904223;
            octets += alphabet[(state >> 16) % alphabet.size()];
        }
        parsed_message const message = parse(octets);
        check_invariants(message);
        for (std::size_t i = 0; i < message.part_count(); ++i) (void)message.part(i).all_defects();
    }
}

TEST_CASE("hazard 99: of two fields where one may stand the first counts, all are kept, and it is a defect") {
    std::string const octets =
        "From: a@example.com\nFrom: b@example.com\nSubject: one\nSubject: two\nContent-Type: text/html\nContent-Type: "
        "text/plain\nReceived: 1\nReceived: 2\n\nx";
    parsed_message const message = parse(octets);
    CHECK(message.root().content_type() == "text/html");
    CHECK(message.root().value("from") == "a@example.com");
    CHECK(field_names(message.root()) == "From From Subject Subject Content-Type Content-Type Received Received");
    CHECK(names(message.root()) == "DuplicateField");
    CHECK(message.root().defects()[0].offset == 20);
    CHECK(names(parse("Received: 1\nReceived: 2\n\nx").root()).empty());
}

TEST_CASE("hazard 104: an address field is shown as it stands; decoding moves no border of it") {
    CHECK(to(" \"x@evil x\"@in.example") == "\"x@evil x\"@in.example");
    CHECK(to(" a@b(c") == "a@b(c");
    CHECK(to(" a@b@c, <a@b>c@d") == "a@b@c, <a@b>c@d");
}

TEST_CASE("hazard 105: an encoded-word never becomes syntax, and controls are visible") {
    CHECK(to(" =?utf-8?q?a=2C_b?= <x@example.com>") == "\"a, b\" <x@example.com>");
    CHECK(to(" =?utf-8?b?PGV2aWxAZXhhbXBsZS5vcmc+?= <good@example.com>") ==
          "\"<evil@example.org>\" <good@example.com>");
    CHECK(to(" =?utf-8?q?a=22=5Cb?= <x@example.com>") == "\"a\\\"\\\\b\" <x@example.com>");
    CHECK(to(" (=?utf-8?q?a=29b?=) x@example.com") == "(a\\)b) x@example.com");
    CHECK(to(" <=?utf-8?q?a?=@example.com>") == "<=?utf-8?q?a?=@example.com>");
    CHECK(to(" \"=?utf-8?q?J=C3=B6?=\" <x@example.com>") == "\"Jö\" <x@example.com>");
    CHECK(subject(" =?utf-8?q?a=0D=0ABcc:_x=00=C2=85?=") == "a\\x0d\\x0aBcc: x\\x00\\u0085");
    CHECK(to(" =?utf-8?q?a=0D=0AB?= <x@example.com>").find('\n') == std::string::npos);
    CHECK(subject(std::string_view(" a\0b\x1b[31m", 9)) == "a\\x00b\\x1b[31m");
    CHECK(subject(" =?utf-8?q?=E2=80=A8?=") == "\\u2028");
}

TEST_CASE("hazard 106: split characters, unknown charsets and bad base64 in encoded-words") {
    CHECK(subject(" =?x-unknown?q?abc?=") == "=?x-unknown?q?abc?=");
    CHECK(defects_of(" =?x-unknown?q?abc?=") == "UnknownCharset");
    CHECK(defects_of(" =?utf-8?q?=FF?=") == "UndecodableBytes");
    CHECK(defects_of(" =?utf-8?q?fine?=").empty());
}
