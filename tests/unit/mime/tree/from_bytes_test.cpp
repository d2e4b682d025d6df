#include <doctest/doctest.h>

#include <postrider/mime/from_bytes.hpp>

using namespace postrider;

namespace {

constexpr char const* two_parts =
    "From: Ann <ann@example.net>\n"
    "Subject: =?utf-8?q?caf=C3=A9?=\n"
    "Content-Type: multipart/mixed; boundary=b\n"
    "\n"
    "preamble\n"
    "--b\n"
    "Content-Type: text/plain; charset=iso-8859-1\n"
    "Content-Transfer-Encoding: quoted-printable\n"
    "\n"
    "caf=E9\n"
    "--b\n"
    "Content-Type: application/octet-stream\n"
    "Content-Transfer-Encoding: base64\n"
    "\n"
    "AAEC\n"
    "--b--\n"
    "epilogue\n";

}  // namespace

TEST_CASE("a message that is not touched comes out octet for octet") {
    CHECK(mime::message_from_bytes(two_parts).as_bytes() == two_parts);
    CHECK(mime::message_from_bytes("").as_bytes() == "");
    CHECK(mime::message_from_bytes("\r\n\n\r").as_bytes() == "\r\n\n\r");
}

TEST_CASE("the parts of a parsed message are found and decoded") {
    auto const mail = mime::message_from_bytes(two_parts);
    CHECK(mail.get("subject") == "café");
    CHECK(mail.is_multipart());
    CHECK(mail.walk().size() == 3);
    std::string types;
    for (auto const& part : mail.walk()) types += part.get_content_type() + ' ';
    CHECK(types == "multipart/mixed text/plain application/octet-stream ");
    CHECK(mail.get_payload(0)->get_content() == "café");
    CHECK(mail.get_payload(0)->get_payload() == "caf=E9");
    CHECK(mail.get_payload(0)->get_payload(true) == "caf\xE9");
    CHECK(mail.get_payload(1)->get_content() == std::string("\0\1\2", 3));
    CHECK(mail.get_payload(2) == nullptr);
}

TEST_CASE("copies are independent") {
    auto mail = mime::message_from_bytes(two_parts);
    auto copy = mail;
    copy.del("Subject");
    copy.get_payload(0)->replace_header("Content-Description", "changed");
    CHECK(mail.contains("Subject"));
    CHECK_FALSE(copy.contains("Subject"));
    CHECK_FALSE(mail.get_payload(0)->contains("Content-Description"));
    CHECK(mail.as_bytes() == two_parts);
}
