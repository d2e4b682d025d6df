#include <doctest/doctest.h>

#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/kinds.hpp>
#include <postrider/mime/render.hpp>

#include "../support.hpp"

using namespace postrider;

// What was parsed, for a server that does not take it as it is: leaf by leaf, and what is signed never. RFC 6152 §3

namespace {

std::string const in_8bit =
    "From: a@example.com\r\n"
    "Subject: gr\xC3\xBC\xC3\x9F\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n"
    "Content-Transfer-Encoding: 8bit\r\n"
    "\r\n"
    "--b\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n"
    "Content-Transfer-Encoding: 8bit\r\n"
    "\r\n"
    "caf\xC3\xA9\r\n"
    "--b\r\n"
    "Content-Type: text/plain\r\n"
    "\r\n"
    "plain\r\n"
    "--b\r\n"
    "Content-Type: message/rfc822\r\n"
    "Content-Transfer-Encoding: 8bit\r\n"
    "\r\n"
    "Subject: inner\r\n"
    "Content-Type: text/plain; charset=iso-8859-1\r\n"
    "Content-Transfer-Encoding: 8bit\r\n"
    "\r\n"
    "\xE4\r\n"
    "--b--\r\n";

mime::wire in_7bit(std::string octets) {
    fixed_host host;
    return mime::render(mime::message_from_bytes(std::move(octets)),
                        {.host = &host, .cte_type = mime::policy::transfer::seven_bit});
}

bool holds(std::string const& text, std::string_view part) {
    return text.find(part) != text.npos;
}

std::vector<std::string> contents_of(mime::message const& mail) {
    std::vector<std::string> all;
    for (auto const& part : mail.walk())
        if (!part.is_multipart()) all.push_back(part.get_content_type() + ": " + part.get_content());
    return all;
}

std::string with_dkim(std::string const& octets) {
    return "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=s; h=from; bh=; b=\r\n" + octets;
}

}  // namespace

TEST_CASE("hazard 83: without 8BITMIME each leaf beyond ASCII is encoded, and nothing else changes") {
    auto const sent = in_7bit(in_8bit);
    auto const octets = sent.str().value();
    CHECK_FALSE(sent.has_8bit());
    CHECK_FALSE(sent.needs_smtputf8());
    CHECK(std::all_of(octets.begin(), octets.end(), [](unsigned char c) { return c < 0x80; }));
    CHECK_FALSE(holds(octets, "8bit"));
    CHECK(holds(octets, "charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ncaf=C3=A9\r\n--b\r\n"));
    CHECK(holds(octets, "--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b\r\n"));

    auto const before = mime::message_from_bytes(in_8bit), after = mime::message_from_bytes(octets);
    CHECK(after.get("Subject") == before.get("Subject"));
    CHECK(contents_of(after) == contents_of(before));
}

TEST_CASE("what needs no conversion goes out octet for octet, whatever the server lacks") {
    std::string const plain = "Subject: x\r\n\r\nhello\r\n";
    CHECK(in_7bit(plain).str().value() == plain);
}

TEST_CASE("octets without any header get the fields that say how they travel") {
    auto const octets = in_7bit("\xE4\xF6\r\n").str().value();
    CHECK(field_of(octets, "Content-Transfer-Encoding") != "");
    CHECK(mime::message_from_bytes(octets).get_payload(true) == "\xE4\xF6\r\n");
}

TEST_CASE("a multipart/signed and what DKIM signed keep every octet, so that the server's lack is a refusal") {
    std::string const whole =
        "Content-Type: multipart/signed; boundary=s; protocol=\"application/pgp-signature\"\r\n\r\n"
        "--s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\xC3\xA4\r\n"
        "--s\r\nContent-Type: application/pgp-signature\r\n\r\nxyz\r\n--s--\r\n";
    for (auto const& octets : {whole, with_dkim(in_8bit)}) {
        auto const sent = in_7bit(octets);
        CHECK(sent.has_8bit());
        CHECK(sent.str().value() == octets);
    }
}

TEST_CASE("a Bcc leaves what DKIM signed all the same") {
    CHECK_FALSE(holds(in_7bit("Bcc: c@example.net\r\n" + with_dkim(in_8bit)).str().value(), "Bcc"));
}

TEST_CASE("hazard 84: a parsed line longer than 998 octets is encoded, never cut, and never where it is signed") {
    for (auto const octets : {std::size_t{998}, std::size_t{999}, std::size_t{5000}}) {
        CAPTURE(octets);
        std::string const line(octets, 'x');
        std::string const mail = "Subject: x\r\n\r\nshort\r\n" + line + "\r\nshort\r\n";
        auto const sent = mime::render(mime::message_from_bytes(mail)).str().value();
        CHECK(longest_line(sent) <= 998);
        CHECK((sent == mail) == (octets <= 998));
        CHECK(mime::message_from_bytes(sent).get_content() == mime::message_from_bytes(mail).get_content());
        CHECK(mime::render(mime::message_from_bytes(with_dkim(mail))).str().value() == with_dkim(mail));
    }
}

TEST_CASE("an attached message that was given as octets is converted inside") {
    auto mail = minimal();
    mail.text("see there").attach_data("a.eml", in_8bit, "message/rfc822");
    fixed_host host;
    auto const sent = mime::render(mail, {.host = &host, .cte_type = mime::policy::transfer::seven_bit});
    CHECK_FALSE(sent.has_8bit());
    CHECK(holds(sent.str().value(), "caf=C3=A9"));
    CHECK(mime::render(mail).has_8bit());
}
