#include <postrider/mime/forward.hpp>
#include <postrider/mime/parse.hpp>

#include "support.hpp"

using namespace postrider;
using mime::forward_style;

namespace {

mime::message forward(std::string const& octets, mime::forward_options const& options = {}) {
    return mime::forward(mime::parse(octets), options);
}

std::string const with_everything =
    "From: Ann <ann@example.net>\r\nTo: me@example.com\r\nSubject: Hello <world>\r\n"
    "Date: Fri, 20 Nov 2026 10:11:12 +0800\r\nMessage-ID: <1@example.net>\r\n"
    "Content-Type: multipart/mixed; boundary=m\r\n\r\n"
    "--m\r\nContent-Type: multipart/related; boundary=r\r\n\r\n"
    "--r\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n"
    "--a\r\n\r\nplain text\r\n"
    "--a\r\nContent-Type: text/html\r\n\r\n<html><head><title><body></title></head><BODY class='x'><p>html "
    "text</p></html>\r\n"
    "--a--\r\n"
    "--r\r\nContent-Type: image/png\r\nContent-ID: <pic@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n"
    "--r--\r\n"
    "--m\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"../../a.pdf\"\r\n\r\npdf\r\n"
    "--m\r\nContent-Type: text/csv; charset=gb2312\r\nContent-Disposition: attachment; "
    "filename=a.PDF\r\n\r\n\xb2\xe2\r\n"
    "--m\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner body\r\n"
    "--m--\r\n";

}  // namespace

TEST_CASE("a message forwarded inline says whose it is and keeps text, HTML, pictures and attachments") {
    auto mail = forward(with_everything, {.from = "me@example.com", .to = "you@example.net", .text = "See <below>."});
    CHECK(mail["Subject"] == "Fwd: Hello <world>");
    CHECK(mail["References"] == "<1@example.net>");
    CHECK_FALSE(mail.contains("In-Reply-To"));
    CHECK(mail.text_body()->octets ==
          "See <below>.\n\n---------- Forwarded message ----------\nFrom: Ann <ann@example.net>\n"
          "Date: Fri, 20 Nov 2026 10:11:12 +0800\nSubject: Hello <world>\nTo: me@example.com\n\nplain text\n");
    auto const& html = mail.html_body()->octets;
    CHECK(html.starts_with("<html><head><title><body></title></head><BODY class='x'><div>See &lt;below&gt;.<br>\n"));
    CHECK(html.find("<b>From:</b> Ann &lt;ann@example.net&gt;<br>") != html.npos);
    CHECK(html.ends_with("<p>html text</p></html>"));
    REQUIRE(mail.inline_parts().size() == 1);
    CHECK(mail.inline_parts()[0]["Content-ID"] == "<pic@x>");
    CHECK(mail.inline_parts()[0].get_content() == "\x89PNG");
    REQUIRE(mail.attachments().size() == 3);
    CHECK(mail.attachments()[0]["Content-Disposition"] == "attachment; filename=a.pdf");
    CHECK(mail.attachments()[0].get_content() == "pdf");
    CHECK(mail.attachments()[1]["Content-Disposition"] == "attachment; filename=a-2.PDF");
    CHECK(mail.attachments()[1].get_content() == "测");
    CHECK(rendered(mail).find("Content-Type: message/rfc822") != std::string::npos);
}

TEST_CASE("what was forwarded inline can be read back whole") {
    auto const octets = rendered(forward(with_everything, {.from = "me@example.com"}));
    auto const read = mime::parse(octets);
    std::string types;
    for (std::size_t i = 0; i < read.part_count(); ++i) types += read.part(i).content_type() + ' ';
    CHECK(types ==
          "multipart/mixed multipart/related multipart/alternative text/plain text/html image/png application/pdf "
          "text/csv message/rfc822 text/plain ");
}

TEST_CASE("a message forwarded as an attachment is untouched") {
    auto mail =
        forward(with_everything, {.from = "me@example.com", .text = "See below.", .style = forward_style::attachment});
    CHECK(mail.text_body()->octets == "See below.");
    auto const octets = rendered(mail);
    CHECK(octets.find("Content-Disposition: attachment; filename=\"Hello _world_.eml\"\r\n") != octets.npos);
    auto whole = with_everything;
    CHECK(octets.find("Content-Transfer-Encoding: 8bit\r\n\r\n" + whole) != octets.npos);
}

TEST_CASE("an mbox line in front is not forwarded") {
    std::string const octets = "From ann@example.net Fri Nov 20 10:11:12 2026\nSubject: x\n\nbody\n";
    auto const mail = rendered(forward(octets, {.from = "me@example.com", .style = forward_style::attachment}));
    CHECK(mail.find("\r\n\r\nSubject: x\r\n\r\nbody\r\n") != mail.npos);
    auto const resent = mime::resend(mime::parse(octets), {.from = {"", "me@example.com"}, .to = "you@example.net"});
    CHECK(resent.mail.str()->find("From ann") == std::string::npos);
}

TEST_CASE("hazard 185: several HTML parts are not joined; the others are attached") {
    auto mail = forward(
        "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/html\n\n<img src='\n--m\nContent-Type: "
        "text/html\n\nsecret\n--m--\n");
    CHECK_FALSE(mail.html_body());
    CHECK(mail.text_body()->octets.find("secret") != std::string::npos);
}

TEST_CASE("hazard 191: names and Content-IDs of strangers do no harm") {
    auto mail = forward(
        "Content-Type: multipart/related; boundary=m\n\n--m\nContent-Type: text/html\n\nx\n"
        "--m\nContent-Type: image/png\nContent-ID: <a\" b>\nContent-Disposition: inline; "
        "filename=\"../../.ssh/config\"\n\nx\n"
        "--m\nContent-Type: multipart/mixed\n\nx\n--m\nContent-Type: message/partial\nContent-ID: <..>\n\nx\n--m--\n");
    REQUIRE(mail.attachments().size() == 2);
    CHECK(mail.attachments()[0]["Content-Disposition"] == "attachment; filename=config");
    CHECK(mail.attachments()[1].get_content_type() == "application/octet-stream");
    REQUIRE(mail.inline_parts().size() == 1);
    CHECK(mail.inline_parts()[0].get_content_type() == "application/octet-stream");
}

TEST_CASE("a part whose type is half a type is forwarded as octets") {
    auto mail = forward("Content-Type: text/\n\nx\n");
    REQUIRE(mail.attachments().size() == 1);
    CHECK(mail.attachments()[0].get_content_type() == "application/octet-stream");
}

TEST_CASE("a resent message is octet for octet what it was, behind a block that says who resent it") {
    fixed_host host;
    std::string const original =
        "From: a@x.example\nBcc: hidden@x.example\nResent-To: old@x.example\nSubject:  x \n\nbody\n";
    auto const resent = mime::resend(mime::parse(original), {.from = {"Mé", "me@example.com"},
                                                             .to = "b@x.example, c@x.example",
                                                             .cc = "b@x.example",
                                                             .bcc = "d@x.example",
                                                             .host = &host});
    CHECK(resent.mail.str().value() ==
          "Resent-Date: Fri, 20 Nov 2026 10:31:12 +0800\r\n"
          "Resent-From: =?utf-8?q?M=C3=A9?= <me@example.com>\r\n"
          "Resent-To: b@x.example, c@x.example\r\n"
          "Resent-Cc: b@x.example\r\n"
          "Resent-Message-ID: <00000000000000000000000000000000@example.com>\r\n"
          "From: a@x.example\r\nResent-To: old@x.example\r\nSubject:  x \r\n\r\nbody\r\n");
    CHECK(resent.envelope == mime::mail_envelope{"me@example.com", {"b@x.example", "c@x.example", "d@x.example"}});
}

TEST_CASE("a message is resent to somebody, by somebody") {
    auto const original = mime::parse("Subject: x\n\n");
    CHECK(thrown([&] { mime::resend(original, {.from = {"", "me@example.com"}}); }) == mime::errc::no_recipient);
    CHECK(thrown([&] { mime::resend(original, {.from = {"", "me"}, .to = "a@b"}); }) == mime::errc::bad_address);
}
