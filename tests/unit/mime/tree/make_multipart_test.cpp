#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/kinds.hpp>

#include "../support.hpp"
#include "structure.hpp"

using namespace postrider;
using mime::content_options;

namespace {

mime::message of_kind(std::string const& kind) {
    mime::message mail;
    mail["Subject"] = "s";
    mail.set_content("first");
    if (kind == "related") mail.make_related();
    if (kind == "alternative") mail.make_alternative();
    if (kind == "mixed") mail.make_mixed();
    return mail;
}

std::string made(std::string const& from, std::string const& into) {
    auto mail = of_kind(from);
    try {
        if (into == "related") mail.make_related();
        if (into == "alternative") mail.make_alternative();
        if (into == "mixed") mail.make_mixed();
    } catch (mime::error const& e) {
        CHECK(e.code() == mime::errc::rejected);
        CHECK(structure(mail) == structure(of_kind(from)));
        return "rejected";
    }
    CHECK(mail["Subject"] == "s");
    return structure(mail);
}

}  // namespace

TEST_CASE("a multipart is made of what is none, and the other way only upward: related, alternative, mixed") {
    CHECK(made("text", "related") == "multipart/related(text/plain)");
    CHECK(made("text", "alternative") == "multipart/alternative(text/plain)");
    CHECK(made("text", "mixed") == "multipart/mixed(text/plain)");
    CHECK(made("related", "alternative") == "multipart/alternative(multipart/related(text/plain))");
    CHECK(made("related", "mixed") == "multipart/mixed(multipart/related(text/plain))");
    CHECK(made("alternative", "mixed") == "multipart/mixed(multipart/alternative(text/plain))");
    for (auto [from, into] :
         {std::pair("related", "related"), std::pair("alternative", "related"), std::pair("alternative", "alternative"),
          std::pair("mixed", "related"), std::pair("mixed", "alternative"), std::pair("mixed", "mixed")})
        CHECK(made(from, into) == "rejected");
    mime::message nothing;
    CHECK(structure(nothing.make_mixed()) == "multipart/mixed()");
}

TEST_CASE("alternatives, related parts and attachments end up where Python puts them") {
    mime::message mail;
    mail["Subject"] = "x";
    mail.set_content("hi\n");
    mail.add_alternative("<p>hi</p>", "html");
    mail.add_attachment(std::string("\0\1", 2), "application", "octet-stream", content_options{.filename = "a.bin"});
    mail.get_payload(0)->get_payload(1)->add_related("GIF89a", "image", "gif", content_options{.cid = "<i>"});
    mail.add_attachment("second", "plain", content_options{.disposition = "inline"});
    auto const wanted =
        "multipart/mixed(multipart/alternative(text/plain multipart/related(text/html image/gif;inline)) "
        "application/octet-stream;attachment text/plain;inline)";
    CHECK(structure(mail) == wanted);
    auto const read = mime::message_from_bytes(mail.as_bytes());
    CHECK(structure(read) == wanted);
    CHECK(read.get_body()->get_content_type() == "multipart/related");
    CHECK(read.get_body({"plain"})->get_content() == "hi\n");
    CHECK(read.iter_attachments()[0].get_filename() == "a.bin");
    // RFC 2387 §3.1: what the root is has to be told.
    CHECK(read.get_payload(0)->get_payload(1)->get_param("type") == "text/html");
}

TEST_CASE("what a message says of its content goes with it into the first part") {
    mime::message mail;
    mail["Subject"] = "s";
    mail.set_content("x", "image", "png", {.filename = "a.png", .cid = "c"});
    mail.make_mixed("given boundary");
    CHECK(mail.keys() == std::vector<std::string>{"Subject", "Content-Type"});
    CHECK(mail.get_payload(0)->keys() == std::vector<std::string>{"Content-Type", "Content-Disposition", "Content-ID"});
    CHECK(mail.get_boundary() == "given boundary");
    CHECK(mail.as_bytes().find("\n--given boundary--\n") != std::string::npos);
    CHECK(thrown([&] { mime::message().make_mixed(repeated("x", 71)); }) == mime::errc::bad_field_body);
    CHECK(thrown([&] { mime::message().make_mixed("a\r\nb"); }) == mime::errc::bad_field_body);
}

TEST_CASE("a parsed message's content keeps its octets inside a multipart that is made around it") {
    auto mail = mime::message_from_bytes(
        "Subject: s\n"
        "Content-Type: text/plain;\n"
        " charset=iso-8859-1\n"
        "Content-Transfer-Encoding: quoted-printable\n"
        "X-Last:  1\n"
        "\n"
        "caf=E9=\n x\n");
    mail.add_attachment("more");
    mail.set_boundary("B");
    CHECK(mail.as_bytes() ==
          "Subject: s\n"
          "X-Last:  1\n"
          "Content-Type: multipart/mixed; boundary=\"B\"\n"
          "MIME-Version: 1.0\n"
          "\n"
          "--B\n"
          "Content-Type: text/plain;\n"
          " charset=iso-8859-1\n"
          "Content-Transfer-Encoding: quoted-printable\n"
          "\n"
          "caf=E9=\n x\n\n"
          "--B\n"
          "Content-Type: text/plain; charset=utf-8\n"
          "Content-Disposition: attachment\n"
          "Content-Transfer-Encoding: 7bit\n"
          "\n"
          "more\n\n"
          "--B--\n");
}

TEST_CASE("octets that were parsed with LF can be moved into a part of their own") {
    auto mail =
        mime::message_from_bytes("Content-Type: application/json\nContent-Transfer-Encoding: 8bit\n\n{\"é\": 1}\n");
    mail.add_attachment("x");
    auto const read = mime::message_from_bytes(mail.as_bytes());
    CHECK(read.get_payload(0)->get_content() == "{\"é\": 1}\n");
    CHECK(structure(read) == "multipart/mixed(application/json text/plain;attachment)");
}

TEST_CASE("a body without fields of its own is not lost") {
    auto mail = mime::message_from_bytes("Subject: s\n\nthe body\n");
    mail.add_attachment("x");
    CHECK(mail.get_payload(0)->get_content() == "the body\n");
    CHECK(mime::message_from_bytes(mail.as_bytes()).get_payload(0)->get_content() == "the body\n");
}

TEST_CASE("what the front door built can be added to") {
    mime::message mail;
    mail.subject("s").text("plain").html("<img src='cid:i'>").inline_data("i", "GIF89a", "image/gif");
    mail.add_attachment("x", "application", "octet-stream");
    CHECK(structure(mail) ==
          "multipart/mixed(multipart/related(multipart/alternative(text/plain text/html) image/gif;inline) "
          "application/octet-stream;attachment)");
    mime::message alone;
    alone.text("plain").add_alternative("<p>", "html");
    CHECK(structure(alone) == "multipart/alternative(text/plain text/html)");
}

TEST_CASE("what a verb refuses changes nothing") {
    auto mail = of_kind("mixed");
    auto const before = structure(mail);
    CHECK(thrown([&] { mail.add_related("x"); }) == mime::errc::rejected);
    CHECK(thrown([&] { mail.add_alternative("x"); }) == mime::errc::rejected);
    CHECK(thrown([&] { mail.add_attachment("\xff"); }) == mime::errc::unencodable);
    CHECK(thrown([&] { mail.add_attachment("x", "image", "p ng"); }) == mime::errc::bad_field_body);
    CHECK(structure(mail) == before);
}

TEST_CASE("hazard 91: a message that encloses itself encloses what it was, and ends") {
    mime::message mail;
    mail.set_content("x").make_mixed();
    for (int i = 0; i < 3; ++i) mail.add_attachment(mail);
    CHECK(mail.walk().size() == 23);
    CHECK(structure(mime::message_from_bytes(mail.as_bytes())) == structure(mail));
}
