#include <postrider/mime/envelope.hpp>
#include <postrider/mime/from_bytes.hpp>

#include "support.hpp"

using namespace postrider;

// Headers for a server without SMTPUTF8.

namespace {

mime::wire in_ascii(mime::message const& mail) {
    fixed_host host;
    return mime::render(mail, {.host = &host, .utf8 = false});
}

std::string ascii_field(mime::message const& mail, std::string_view name) {
    return unfolded(field_of(in_ascii(mail).str().value(), name));
}

}  // namespace

TEST_CASE("hazard 83: a domain beyond ASCII goes as A-labels, its name as encoded-words") {
    mime::message mail;
    mail.from("Jürgen <j@bücher.example>").to("a@例子.example, b@example.net").text("hi");
    auto const wire = in_ascii(mail);
    CHECK_FALSE(wire.needs_smtputf8());
    CHECK(ascii_field(mail, "From") == "=?utf-8?q?J=C3=BCrgen?= <j@xn--bcher-kva.example>");
    CHECK(ascii_field(mail, "To") == "a@xn--fsqu00a.example, b@example.net");
    CHECK(mime::render(mail).needs_smtputf8());
    CHECK(mime::envelope_of(mail).forward_paths.front() == "a@例子.example");
}

TEST_CASE("a recipient that has no form in ASCII is told of, and not named") {
    mime::message mail;
    mail.from("a@example.com")
        .to("用户@例子.example")
        .to("b@example.net")
        .cc("Team: c@d.example, 用户@e.example;")
        .text("");
    CHECK_FALSE(in_ascii(mail).needs_smtputf8());
    auto const sent = mime::message_from_bytes(in_ascii(mail).str().value());
    CHECK(sent.get("To") == "\"Internationalized Address 用户@例子.example Removed\":;, b@example.net");
    CHECK(sent.get("Cc") == "Team: c@d.example;");
    CHECK(mime::envelope_of(sent).forward_paths == std::vector<std::string>{"b@example.net", "c@d.example"});
}

TEST_CASE("an author that has no form in ASCII stays, and the wire says what it needs") {
    mime::message mail;
    mail.from("用户@例子.example").to("b@example.net").text("");
    CHECK(in_ascii(mail).needs_smtputf8());
}

TEST_CASE("parsed fields in raw UTF-8 become encoded-words; the body and what is enclosed keep their octets") {
    std::string const inner = "Subject: größer\r\n\r\nin größe\r\n";
    auto const octets =
        "From: Jürgen <j@bücher.example>\r\nSubject: größe\r\nX-Plain:  as   it is\r\n"
        "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
        inner;
    auto const wire = in_ascii(mime::message_from_bytes(octets));
    auto const sent = wire.str().value();
    CHECK_FALSE(wire.needs_smtputf8());
    CHECK(wire.has_8bit());
    CHECK(sent.find("From: =?utf-8?q?J=C3=BCrgen?= <j@xn--bcher-kva.example>\r\n") != sent.npos);
    CHECK(sent.find("X-Plain:  as   it is\r\n") != sent.npos);
    CHECK(body_of(sent) == inner);
    CHECK(mime::message_from_bytes(sent).get("Subject") == "größe");
}

TEST_CASE("fields that DKIM signed keep their octets") {
    std::string const octets = "DKIM-Signature: v=1; b=\r\nSubject: größe\r\n\r\nhi\r\n";
    auto const wire = in_ascii(mime::message_from_bytes(octets));
    CHECK(wire.needs_smtputf8());
    CHECK(wire.str().value() == octets);
}
