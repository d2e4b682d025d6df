#include <postrider/mime/kinds.hpp>
#include <postrider/mime/utils.hpp>

#include "support.hpp"

using namespace postrider;
using mime::charset_triple;

TEST_CASE("Python's kinds are functions that return a message") {
    auto mail = mime::multipart("alternative");
    mail["From"] = "a@example.com";
    mail["To"] = "b@example.net";
    mail["Subject"] = "kinds";
    mail.attach(mime::text("plain\n"));
    mail.attach(mime::text("<p>é</p>\n", "html"));
    auto octets = rendered(mail);
    CHECK(field_of(octets, "Content-Type").starts_with("multipart/alternative;\r\n boundary=\""));
    CHECK(octets.find("Content-Type: text/plain; charset=us-ascii\r\n") != octets.npos);
    CHECK(octets.find("Content-Type: text/html; charset=utf-8\r\n") != octets.npos);
}

TEST_CASE("text in another charset says so by its registered name") {
    auto mail = mime::text("测试", "plain", "GB2312");
    mail.from("a@b").to("c@d");
    auto octets = rendered(mail);
    CHECK(field_of(octets, "Content-Type") == "text/plain; charset=gb2312");
    CHECK(body_of(octets) == "suLK1A==\r\n");
}

TEST_CASE("wide charsets keep their line ends") {
    auto mail = minimal();
    mail.text("a\nb", "utf-16le");
    auto octets = rendered(mail);
    CHECK(field_of(octets, "Content-Type") == "text/plain; charset=utf-16le");
    CHECK(body_of(octets) == "YQANAAoAYgA=\r\n");
}

TEST_CASE("images and audio are told by their octets, or refused") {
    CHECK(mime::image("GIF89a...")["Content-Type"] == "image/gif");
    CHECK(mime::image("\xff\xd8\xff\xdb...")["Content-Type"] == "image/jpeg");
    CHECK(mime::image("whatever", "x-own")["Content-Type"] == "image/x-own");
    CHECK(mime::audio("RIFF....WAVEfmt ")["Content-Type"] == "audio/x-wav");
    CHECK(thrown([] { mime::image("no image"); }) == mime::errc::unknown_type);
    CHECK(thrown([] { mime::audio("GIF89a..."); }) == mime::errc::unknown_type);
    CHECK(mime::application("x")["Content-Type"] == "application/octet-stream");
}

TEST_CASE("only a multipart takes parts, and only a leaf a payload") {
    auto leaf = mime::text("x");
    CHECK(thrown([&] { leaf.attach(mime::text("y")); }) == mime::errc::not_multipart);
    CHECK(thrown([&] { leaf.text("y"); }) == mime::errc::rejected);
    auto container = mime::multipart();
    CHECK(thrown([&] { container.set_payload("x"); }) == mime::errc::not_multipart);
    CHECK(thrown([&] { mime::encode_base64(container); }) == mime::errc::not_multipart);
    CHECK(thrown([] { mime::base("te xt", "plain"); }) == mime::errc::bad_field_body);
}

TEST_CASE("the tutorial's attachment: base, set_payload, encode_base64, add_header") {
    auto part = mime::base("application", "octet-stream");
    part.set_payload("\x00\x01\xff");
    mime::encode_base64(part);
    part.add_header("Content-Disposition", "attachment", {{"filename", "报告.pdf"}});
    auto mail = mime::multipart();
    mail["From"] = "a@b";
    mail.attach(part);
    auto octets = rendered(mail);
    CHECK(octets.find("Content-Disposition: attachment; filename*=utf-8''%E6%8A%A5%E5%91%8A.pdf\r\n") != octets.npos);
    CHECK(octets.find("Content-Transfer-Encoding: base64\r\n\r\n") != octets.npos);
}

TEST_CASE("a file name in the charset asked for") {
    auto part = mime::application("x");
    part.add_header("Content-Disposition", "attachment",
                    {{"filename", charset_triple{"iso-8859-1", "", "Fußballer.ppt"}}});
    auto mail = mime::multipart("mixed", {part});
    mail.from("a@b");
    CHECK(rendered(mail).find("filename*=iso-8859-1''Fu%DFballer.ppt") != std::string::npos);
    CHECK(thrown([&] {
              part.add_header("Content-Disposition", "attachment",
                              {{"filename", charset_triple{"iso-8859-1", "", "测"}}});
          }) == mime::errc::unencodable);
}

TEST_CASE("a Content-Type assigned replaces the one that stands") {
    auto part = mime::text("x = 1\n", "base64", "utf-8");
    part["Content-Type"] = "application/octet-stream";
    part["Content-Disposition"] = "attachment; filename=\"test.txt\"";
    CHECK(part.get_all("Content-Type") == std::vector<std::string>{"application/octet-stream"});
    part.from("a@b");
    auto octets = rendered(part);
    CHECK(octets.find("Content-Type") == octets.rfind("Content-Type"));
    CHECK(field_of(octets, "Content-Disposition") == "attachment; filename=test.txt");
    CHECK(body_of(octets) == "eCA9IDEK\r\n");
}

TEST_CASE("a message becomes a multipart when its Content-Type says so") {
    auto mail = minimal();
    mail.attach_data("a.bin", "a");
    mail["Content-Type"] = "multipart/related";
    mail.attach(mime::text("x"));
    REQUIRE(mail.is_multipart());
    CHECK(std::get<mime::message::multipart_content>(mail.body()).parts.size() == 2);
}

TEST_CASE("message/rfc822 is never encoded, and gets no Date or Message-ID of ours") {
    mime::message inner;
    inner.from("x@y").bcc("secret@z").subject("inner").text("é");
    auto mail = mime::multipart("mixed", {mime::rfc822(inner)});
    mail.from("a@b");
    auto octets = rendered(mail);
    auto part = octets.substr(octets.find("Content-Type: message/rfc822\r\n"));
    CHECK(part.find("From: x@y\r\nSubject: inner\r\nMIME-Version: 1.0\r\n") != part.npos);
    CHECK(part.find("Date:") == part.npos);
    CHECK(part.find("secret") == part.npos);
    CHECK(part.substr(0, part.find("From:")).find("Content-Transfer-Encoding") == part.npos);
}

TEST_CASE("an attached .eml is embedded as it is, in 7bit or 8bit") {
    auto mail = minimal();
    mail.attach_data("old.eml", "From: x@y\nSubject: old\n\nbody\n");
    auto octets = rendered(mail);
    CHECK(octets.find("Content-Type: message/rfc822\r\n") != octets.npos);
    CHECK(octets.find("\r\n\r\nFrom: x@y\r\nSubject: old\r\n\r\nbody\r\n\r\n--") != octets.npos);

    auto high = minimal();
    high.attach_data("old.eml", "Subject: old\n\n\xe9\n");
    fixed_host host;
    auto wire = mime::render(high, {.host = &host});
    CHECK(wire.has_8bit());
    auto text = wire.str().value();
    CHECK(field_of(text, "Content-Transfer-Encoding") == "8bit");
}

TEST_CASE("an encoding that the content cannot travel in is refused") {
    auto mail = mime::text("é\n");
    mail.from("a@b");
    mail["Content-Transfer-Encoding"] = "7bit";
    CHECK(thrown([&] { rendered(mail); }) == mime::errc::bad_encoding);
    mail["Content-Transfer-Encoding"] = "x-own";
    CHECK(thrown([&] { rendered(mail); }) == mime::errc::bad_encoding);
    mime::encode_7or8bit(mail);
    CHECK(body_of(rendered(mail)) == "é\r\n");
    mime::encode_quopri(mail);
    CHECK(body_of(rendered(mail)) == "=C3=A9\r\n");
    mime::encode_base64(mail);
    CHECK(body_of(rendered(mail)) == "w6kNCg==\r\n");
    mime::encode_noop(mail);
    CHECK(field_of(rendered(mail), "Content-Transfer-Encoding") == "quoted-printable");
}

TEST_CASE("the rest of email.utils") {
    fixed_host host;
    CHECK(mime::make_msgid({}, {}, host) == "<00000000000000000000000000000000@host.example>");
    CHECK(mime::make_msgid("x", "example.com", host) == "<01010101010101010101010101010101.x@example.com>");
    CHECK(thrown([&] { mime::make_msgid("a\nb", {}, host); }) == mime::errc::control_character);
    CHECK(mime::formatdate({}, true, false, host) == "Fri, 20 Nov 2026 10:31:12 +0800");
    CHECK(mime::formatdate({}, false, false, host) == "Fri, 20 Nov 2026 02:31:12 -0000");
    CHECK(mime::formatdate({}, false, true, host) == "Fri, 20 Nov 2026 02:31:12 GMT");
    CHECK(mime::localtime(host).utc_offset == std::chrono::hours{8});
}
