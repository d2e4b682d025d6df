#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/kinds.hpp>

#include "../support.hpp"
#include "structure.hpp"

using namespace postrider;
using mime::content_options;

namespace {

std::string written(std::string text, content_options const& how = {}) {
    return mime::message().set_content(std::move(text), "plain", how).as_bytes();
}

constexpr char const* parsed_image =
    "Subject:  odd   folding\n"
    "\there\n"
    "Content-Type: image/png; name=x.png\n"
    "Content-Transfer-Encoding: base64\n"
    "Content-Disposition: inline\n"
    "X-Last: 1\n"
    "\n"
    "AAE=\n";

}  // namespace

TEST_CASE("text that is set says its charset, ends with a line end, and travels as it can") {
    CHECK(written("a") ==
          "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 7bit\n\na\n");
    CHECK(body_below(written("")) == "\n");
    CHECK(body_below(written("a\r\nb\rc\n")) == "a\nb\nc\n");
    CHECK(body_below(written("a\n\n")) == "a\n\n");
    CHECK(mime::message_from_bytes(written("café, und so weiter")).get_content() == "café, und so weiter\n");
    CHECK(written("café, und so weiter").find("quoted-printable\n\ncaf=C3=A9, und so weiter\n") != std::string::npos);
    CHECK(written("ééééé").find("base64\n\nw6nDqcOpw6nDqQ") != std::string::npos);
}

TEST_CASE("text is set in the charset that is asked for, and refused in one that lacks its characters") {
    auto const octets = written("café", {.charset = "iso-8859-1"});
    CHECK(octets.find("Content-Type: text/plain; charset=iso-8859-1\n") != std::string::npos);
    CHECK(body_below(octets) == "caf=E9\n");
    CHECK(mime::message_from_bytes(octets).get_content() == "café\n");
    mime::message mail;
    mail.set_content("first");
    auto const before = mail.as_bytes();
    CHECK(thrown([&] { mail.set_content("报告", "plain", {.charset = "iso-8859-1"}); }) == mime::errc::unencodable);
    CHECK(thrown([&] { mail.set_content("x", "plain", {.charset = "klingon"}); }) == mime::errc::unencodable);
    CHECK(thrown([&] { mail.set_content("\xff"); }) == mime::errc::unencodable);
    CHECK(mail.as_bytes() == before);
}

TEST_CASE("content travels in the transfer encoding that is asked for, where it can") {
    CHECK(written("ééééé", {.cte = "8bit"}).ends_with("8bit\n\nééééé\n"));
    CHECK(written("a=b", {.cte = "quoted-printable"}).ends_with("quoted-printable\n\na=3Db\n"));
    CHECK(written("abc", {.cte = "base64"}).ends_with("base64\n\nYWJjDQo=\n"));
    CHECK(written("abc", {.cte = "8bit"}).ends_with("7bit\n\nabc\n"));

    mime::message mail;
    for (content_options const& how : {content_options{.cte = "7bit"}, {.cte = "binary"}, {.cte = "x-odd"}})
        CHECK(thrown([&] { mail.set_content("é", "plain", how); }) == mime::errc::bad_encoding);
    CHECK(thrown([&] { mail.set_content(repeated("x", 999), "plain", {.cte = "8bit"}); }) == mime::errc::bad_encoding);
    // A lone LF would become a line end on its way.
    CHECK(thrown([&] { mail.set_content("{}\n", "application", "json", {.cte = "7bit"}); }) ==
          mime::errc::bad_encoding);
    CHECK(mail.fields().empty());
    mail.set_content("{}\r\n", "application", "json", {.cte = "7bit"});
    CHECK(body_below(mail.as_bytes()) == "{}\n");
}

TEST_CASE("octets that are set are base64, and say their type, name, disposition and identifier") {
    mime::message mail;
    mail.set_content(std::string("\0\1", 2), "image", "png",
                     {.filename = "a.png", .cid = "image1", .params = {{"x", "y z"}}, .headers = {{"X-Part", "1"}}});
    CHECK(mail.as_bytes() ==
          "X-Part: 1\n"
          "MIME-Version: 1.0\n"
          "Content-Type: image/png; x=\"y z\"\n"
          "Content-Disposition: attachment; filename=a.png\n"
          "Content-ID: <image1>\n"
          "Content-Transfer-Encoding: base64\n"
          "\n"
          "AAE=\n");
    CHECK(mail.get_payload(true) == std::string("\0\1", 2));
    mail.set_content(octet_source_ptr(memory_source("abc")), "application", "x-thing", {.disposition = "inline"});
    CHECK(body_below(mail.as_bytes()) == "YWJj\n");
    CHECK(mail.get_content_disposition() == "inline");
    CHECK_FALSE(mail.contains("Content-ID"));
    CHECK(mail.contains("X-Part"));
    mail.set_content("\xe9", "application", "x-thing", {.cte = "quoted-printable"});
    CHECK(body_below(mail.as_bytes()) == "=E9=\n");
    for (std::size_t size = 70; size < 80; ++size) {
        for (std::string const last : {"x", "\xff", "="}) {
            auto const content = repeated("x", size) + last;
            mail.set_content(content, "application", "x-thing", {.cte = "quoted-printable"});
            auto const octets = mail.as_bytes(mime::policy::smtp);
            CHECK(longest_line(octets) <= 76);
            CHECK(mime::message_from_bytes(octets).get_payload(true) == content);
        }
    }
}

TEST_CASE("a message that is set is enclosed, and never encoded itself") {
    mime::message inner;
    inner["Subject"] = "inner";
    inner.set_content("é", "plain", {.cte = "8bit"});
    mime::message mail;
    mail.set_content(inner, {.disposition = "attachment"});
    CHECK(structure(mail) == "message/rfc822;attachment(text/plain)");
    auto const octets = mail.as_bytes();
    CHECK(octets.find("Content-Transfer-Encoding: 8bit\n\nSubject: inner\n") != std::string::npos);
    CHECK(mime::message_from_bytes(octets).get_payload(0)->get_content() == "é\n");
    CHECK(thrown([&] { mail.set_content(inner, {.cte = "base64"}); }) == mime::errc::bad_encoding);
    CHECK(thrown([&] { mail.set_content(inner, {.cte = "quoted-printable"}); }) == mime::errc::bad_encoding);
    CHECK(mail.as_bytes() == octets);
}

TEST_CASE("new content of a parsed message takes the old one's fields away, and leaves the others their octets") {
    auto mail = mime::message_from_bytes(parsed_image);
    mail.set_content("hi");
    CHECK(mail.as_bytes() ==
          "Subject:  odd   folding\n"
          "\there\n"
          "X-Last: 1\n"
          "Content-Type: text/plain; charset=utf-8\n"
          "MIME-Version: 1.0\n"
          "Content-Transfer-Encoding: 7bit\n"
          "\n"
          "hi\n");
    CHECK(mail.get_content() == "hi\n");
}

TEST_CASE("a multipart takes parts and no content, until it is cleared") {
    for (auto mail : {mime::multipart("mixed", {mime::text("x")}),
                      mime::message_from_bytes("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n"),
                      mime::message_from_bytes("Content-Type: multipart/mixed\n\nno boundary\n")}) {
        auto const before = structure(mail);
        CHECK(thrown([&] { mail.set_content("x"); }) == mime::errc::not_multipart);
        CHECK(thrown([&] { mail.set_content("x", "image", "png"); }) == mime::errc::not_multipart);
        CHECK(thrown([&] { mail.set_content(mime::message()); }) == mime::errc::not_multipart);
        CHECK(structure(mail) == before);
        mail.clear_content().set_content("x");
        CHECK(mail.get_content() == "x\n");
        CHECK(structure(mime::message_from_bytes(mail.as_bytes())) == "text/plain");
    }
    mime::message mail;
    CHECK(thrown([&] { mail.set_content("x", "multipart", "mixed"); }) == mime::errc::not_multipart);
}

TEST_CASE("cleared of its content a message keeps its other fields; cleared, it keeps its policy") {
    auto mail = mime::message_from_bytes(parsed_image, mime::policy::smtp);
    mail.clear_content();
    CHECK(mail.keys() == std::vector<std::string>{"Subject", "X-Last"});
    mail.clear();
    CHECK(mail.fields().empty());
    CHECK(mail.policy() == mime::policy::smtp);
    CHECK(mail.parsed_from() == nullptr);
    mail.subject("front door").text("x").clear_content();
    CHECK(mail.get_content() == "");
    CHECK(mail["Subject"] == "front door");
}

TEST_CASE("hazard 122: nothing that describes content brings a line end into the header") {
    mime::message mail;
    auto const evil = std::string("a\r\nBcc: x@y");
    for (content_options const& how :
         {content_options{.filename = evil}, {.cid = evil}, {.params = {{"p", evil}}}, {.headers = {{"X-Name", evil}}}})
        CHECK(thrown([&] { mail.set_content("x", "plain", how); }) == mime::errc::control_character);
    for (content_options const& how :
         {content_options{.disposition = evil}, {.params = {{evil, "p"}}}, {.cid = "a b\tc"}})
        CHECK_THROWS_AS(mail.set_content("x", "plain", how), mime::error);
    CHECK(thrown([&] { mail.set_content("x", evil); }) == mime::errc::bad_field_body);
    CHECK(thrown([&] { mail.set_content("x", evil, "y"); }) == mime::errc::bad_field_body);
    CHECK(thrown([&] { mail.set_content("x", "plain", {.headers = {{evil, "v"}}}); }) == mime::errc::bad_field_name);
    CHECK(mail.fields().empty());
    CHECK(mail.get_content() == "");
}
