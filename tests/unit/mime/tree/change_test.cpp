#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/kinds.hpp>

#include "../support.hpp"
#include "structure.hpp"

using namespace postrider;

namespace {

constexpr char const* flowed =
    "Subject:  odd   folding\n"
    "\there\n"
    "Content-Type: text/plain;\n"
    "\tcharset=us-ascii; format=flowed\n"
    "X-Last: 1\n"
    "\n"
    "body\n";

constexpr char const* two_parts =
    "Content-Type: multipart/mixed; boundary=\"old\"\n"
    "\n"
    "preamble\n"
    "--old  \n"
    "Subject:  one\n"
    "\n"
    "1\n"
    "--old\n"
    "Subject:  two\n"
    "\n"
    "2\n"
    "--old--\n"
    "epilogue\n";

std::string type_of(mime::message const& mail) {
    return mail.raw_items().at(0).second;
}

}  // namespace

TEST_CASE("a parameter is set in its place, and the other fields keep their octets") {
    auto mail = mime::message_from_bytes(flowed);
    mail.set_param("charset", "utf-8").set_param("X-More", "a b");
    CHECK(mail.as_bytes() ==
          "Subject:  odd   folding\n"
          "\there\n"
          "Content-Type: text/plain; charset=utf-8; format=flowed; X-More=\"a b\"\n"
          "X-Last: 1\n"
          "\n"
          "body\n");
    mail.del_param("format").del_param("FORMAT").del_param("charset").del_param("x-more");
    CHECK(mail.get_params() == std::vector<std::pair<std::string, std::string>>{{"text/plain", ""}});
    mail.set_type("text/html");
    CHECK(mail.get("content-type") == "text/html");
}

TEST_CASE("a parameter takes the extended form where it has to, in the charset that is asked for") {
    mime::message mail;
    mail.set_param("name", "报告.pdf");
    CHECK(type_of(mail) == "text/plain; name*=utf-8''%E6%8A%A5%E5%91%8A.pdf");
    mail.set_param("name", "café", "Content-Type", "iso-8859-1", "fr");
    CHECK(type_of(mail) == "text/plain; name*=iso-8859-1'fr'caf%E9");
    CHECK(mail.get_param("name") == "café");
    auto const before = mail.as_bytes();
    CHECK(thrown([&] { mail.set_param("name", "报告", "Content-Type", "iso-8859-1"); }) == mime::errc::unencodable);
    CHECK(thrown([&] { mail.set_param("na me", "x"); }) == mime::errc::bad_field_body);
    CHECK(thrown([&] { mail.set_param("name", "a\r\nb"); }) == mime::errc::control_character);
    CHECK(mail.as_bytes() == before);
}

TEST_CASE("parameters of other fields are set as well, and of none where there cannot be any") {
    auto mail = mime::message_from_bytes("Content-Disposition: attachment\nX-Odd: a; b=c\nSubject: a b; c d\n\n");
    mail.set_param("filename", "a b", "Content-Disposition").set_param("b", "d", "X-Odd");
    CHECK(mail.get_filename() == "a b");
    CHECK(mail.get("X-Odd") == "a; b=d");
    CHECK(thrown([&] { mail.set_param("x", "y", "Subject"); }) == mime::errc::bad_field_body);
    CHECK(mail.as_bytes() == "Content-Disposition: attachment; filename=\"a b\"\nX-Odd: a; b=d\nSubject: a b; c d\n\n");
}

TEST_CASE("a field is replaced in its place, the first of its name, and added where there is none") {
    auto mail = mime::message_from_bytes("X-A: 1\nx-b: 2\nX-B: 3\nX-C: 4\n\nbody\n");
    mail.replace_header("X-B", "é").replace_header("X-D", "5");
    CHECK(mail.as_bytes() == "X-A: 1\nx-b: =?utf-8?q?=C3=A9?=\nX-B: 3\nX-C: 4\nX-D: 5\n\nbody\n");
    mail.del("x-b");
    CHECK(mail.keys() == std::vector<std::string>{"X-A", "X-C", "X-D"});
}

TEST_CASE("another boundary stands on every line that had the old one, and the parts keep their octets") {
    auto mail = mime::message_from_bytes(two_parts);
    mail.set_boundary("new one");
    CHECK(mail.as_bytes() ==
          "Content-Type: multipart/mixed; boundary=\"new one\"\n"
          "MIME-Version: 1.0\n"
          "\n"
          "preamble\n"
          "--new one\n"
          "Subject:  one\n"
          "\n"
          "1\n"
          "--new one\n"
          "Subject:  two\n"
          "\n"
          "2\n"
          "--new one--\n"
          "epilogue\n");
    for (std::string const& bad : {std::string(), repeated("x", 71), std::string("ends blank "), std::string("é")})
        CHECK(thrown([&] { mail.set_boundary(bad); }) == mime::errc::bad_field_body);
    CHECK(thrown([] { mime::message().set_boundary("b"); }) == mime::errc::bad_field_body);
}

TEST_CASE("hazard 124: a boundary that a changed part holds is given up for another") {
    for (auto const* content : {"--old\n", "x\n--old--\ny", "--older\n"}) {
        auto mail = mime::message_from_bytes(two_parts);
        mail.get_payload(0)->set_payload(content);
        auto const read = mime::message_from_bytes(mail.as_bytes());
        CHECK(read.get_boundary() != "old");
        CHECK(structure(read) == "multipart/mixed(text/plain text/plain)");
        CHECK(read.get_payload(0)->get_content() == content);
        CHECK(read.get_payload(1)->get_content() == "2");
    }
    auto mail = mime::multipart("mixed", {mime::text("--given\n")}, {{"boundary", "given"}});
    CHECK(structure(mime::message_from_bytes(mail.as_bytes())) == "multipart/mixed(text/plain)");
    mail.set_preamble("--=_1.\n--given--\n");
    CHECK(structure(mime::message_from_bytes(mail.as_bytes())) == "multipart/mixed(text/plain)");
}

TEST_CASE("hazard 94: a boundary that begins with another's is not kept inside it") {
    auto inner = mime::multipart("mixed", {mime::text("x\n")}, {{"boundary", "outer2"}});
    auto const mail = mime::multipart("mixed", {inner, mime::text("y\n")}, {{"boundary", "outer"}});
    auto const read = mime::message_from_bytes(mail.as_bytes());
    CHECK(structure(read) == "multipart/mixed(multipart/mixed(text/plain) text/plain)");
    CHECK(read.get_boundary() == "outer");
    CHECK(read.get_payload(0)->get_boundary() != "outer2");
}

TEST_CASE("a text is written in another charset, whatever it was read in") {
    auto mail = mime::message_from_bytes(
        "Content-Type: text/plain; charset=iso-8859-1; format=flowed\nContent-Transfer-Encoding: 8bit\n\ncaf\xE9\n");
    mail.set_charset("utf-8");
    CHECK(mail.as_bytes() ==
          "Content-Type: text/plain; charset=utf-8; format=flowed\nContent-Transfer-Encoding: 8bit\n"
          "MIME-Version: 1.0\n\ncafé\n");
    mail.set_charset("utf-16");
    CHECK(mime::message_from_bytes(mail.as_bytes()).get_content() == "café\r\n");
    CHECK(thrown([&] { mail.set_charset("us-ascii"); }) == mime::errc::unencodable);
    CHECK(thrown([] { mime::multipart().set_charset("utf-8"); }) == mime::errc::rejected);
    CHECK(thrown([] { mime::image("GIF89a", "gif").set_charset("utf-8"); }) == mime::errc::rejected);
    mime::message front;
    front.html("<p>é").set_charset("iso-8859-1");
    CHECK(front.as_bytes().find("charset=iso-8859-1") != std::string::npos);
}

TEST_CASE("the label of a composed text is never another than its charset") {
    auto mail = mime::text("café\n");
    mail.set_param("charset", "iso-8859-1");
    CHECK(mail.as_bytes().find("charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\ncaf=E9\n") !=
          std::string::npos);
    CHECK(thrown([&] { mail.set_param("Charset", "us-ascii"); }) == mime::errc::unencodable);
    CHECK(mail.get_content_charset() == "iso-8859-1");
    CHECK(mail.get_content() == "café\r\n");
}

TEST_CASE("an encoding that was parsed yields to content that it cannot carry; one that is asked for does not") {
    auto mail = mime::message_from_bytes("Content-Type: text/plain\nContent-Transfer-Encoding: 7bit\n\nx\n");
    mail.set_payload("mostly ASCII, and é\n");
    CHECK(mail.as_bytes().find("Content-Transfer-Encoding: quoted-printable\n") != std::string::npos);
    CHECK(mime::message_from_bytes(mail.as_bytes()).get_content() == "mostly ASCII, and é\n");
    mail.replace_header("Content-Transfer-Encoding", "7bit");
    CHECK(thrown([&] { mail.as_bytes(); }) == mime::errc::bad_encoding);
}

TEST_CASE("preamble and epilogue are set and removed, of what was parsed and what was composed") {
    auto parsed = mime::message_from_bytes(two_parts);
    CHECK(parsed.preamble() == "preamble");
    CHECK(parsed.epilogue() == "epilogue\n");
    for (auto mail : {parsed, mime::multipart("mixed", {mime::text("1"), mime::text("2")})}) {
        mail.set_preamble("new\npreamble").set_epilogue("new epilogue\n");
        auto const octets = mail.as_bytes();
        CHECK(octets.find("\n\nnew\npreamble\n--") != std::string::npos);
        CHECK(octets.ends_with("--\nnew epilogue\n"));
        auto const read = mime::message_from_bytes(octets);
        CHECK(read.preamble() == "new\npreamble");
        CHECK(read.epilogue() == "new epilogue\n");
        CHECK(read.walk().size() == 3);
        mail.set_preamble(std::nullopt).set_epilogue("");
        CHECK_FALSE(mail.preamble());
        CHECK_FALSE(mail.epilogue());
        CHECK(mail.as_bytes().find("\n\n--") != std::string::npos);
        CHECK(mail.as_bytes().ends_with("--\n"));
    }
    CHECK(thrown([] { mime::text("x").set_preamble("p"); }) == mime::errc::not_multipart);
    CHECK(thrown([] { mime::text("x").set_epilogue("e"); }) == mime::errc::not_multipart);
}

TEST_CASE("hazard 117: what hides before and behind the parts is shown, goes along, and can be removed") {
    auto mail = mime::message_from_bytes(
        "Content-Type: multipart/mixed; boundary=b\n\nevil: before\n--b\n\nx\n--b--\n--b\n\nevil: behind\n");
    CHECK(mail.preamble() == "evil: before");
    CHECK(mail.epilogue() == "--b\n\nevil: behind\n");
    CHECK(mail.walk().size() == 2);
    mail.get_payload(0)->set_payload("changed");
    CHECK(mail.as_bytes().find("evil: before\n") != std::string::npos);
    CHECK(mail.as_bytes().ends_with("evil: behind\n"));
    mail.set_preamble({}).set_epilogue({});
    CHECK(mail.as_bytes().find("evil") == std::string::npos);
}

TEST_CASE("the line of an mbox is kept, set, asked for and left out") {
    std::string const octets = "From ann@example.net Sat Nov 21 06:21:28 2026\nSubject: x\n\nbody\n";
    auto mail = mime::message_from_bytes(octets);
    CHECK(mail.get_unixfrom() == "From ann@example.net Sat Nov 21 06:21:28 2026");
    CHECK(mail.as_bytes() == octets);
    CHECK(mail.as_bytes(mime::policy::default_, true) == octets);
    CHECK(mail.as_bytes(mime::policy::default_, false) == "Subject: x\n\nbody\n");
    mail.set_unixfrom("From bob Sun");
    CHECK(mail.as_bytes() == "From bob Sun\nSubject: x\n\nbody\n");
    CHECK(mail.as_bytes(mime::policy::smtp) == "From bob Sun\r\nSubject: x\r\n\r\nbody\r\n");
    mail.set_unixfrom(std::nullopt);
    CHECK(mail.as_bytes() == "Subject: x\n\nbody\n");
    CHECK_FALSE(mail.get_unixfrom());
    fixed_host host;
    CHECK(mail.as_bytes(mime::policy::default_, true, host) ==
          "From nobody Fri Nov 20 10:31:12 2026\nSubject: x\n\nbody\n");
    CHECK(thrown([&] { mail.set_unixfrom("From a\nSubject: evil"); }) == mime::errc::control_character);
    CHECK(thrown([&] { mail.set_unixfrom("Subject: evil"); }) == mime::errc::bad_field_body);
    CHECK(mime::render(mime::message_from_bytes(octets)).str().value() == "Subject: x\r\n\r\nbody\r\n");
}

TEST_CASE("a field is set as it stands, folds included, in what was composed and in what was parsed") {
    for (auto const* ends : {"\n", "\r\n"}) {
        auto mail = mime::message_from_bytes(std::string("Subject: x") + ends + ends);
        mail.set_raw("X-Raw", " two  blanks\n\t=?utf-8?q?caf=C3=A9?= é");
        CHECK(mail["x-raw"] == "two  blanks\tcafé é");
        CHECK(mail.as_bytes() == std::string("Subject: x") + ends + "X-Raw:  two  blanks" + ends +
                                     "\t=?utf-8?q?caf=C3=A9?= é" + ends + ends);
    }
    auto mail = minimal();
    mail.set_raw("X-Raw", "a\r\n  b").text("x");
    CHECK(rendered(mail).find("\r\nX-Raw: a\r\n  b\r\n") != std::string::npos);
    mail.set_raw("X-Raw", "é");
    CHECK(mime::render(mail).needs_smtputf8());
}

TEST_CASE("hazard 122: a field as it stands brings no other along") {
    mime::message mail;
    for (auto const* evil : {"a\nBcc: x@y", "a\r\nBcc: x@y", "a\rb", "a\n", "a\r\n\r\nbody", "a\n \n b", "a\n\n b"})
        CHECK(thrown([&] { mail.set_raw("X-Raw", evil); }) == mime::errc::bad_field_body);
    CHECK(thrown([&] { mail.set_raw("X-Raw", std::string("a\0b", 3)); }) == mime::errc::control_character);
    CHECK(thrown([&] { mail.set_raw("X:Raw", "a"); }) == mime::errc::bad_field_name);
    CHECK(thrown([&] { mail.set_raw("", "a"); }) == mime::errc::bad_field_name);
    CHECK(mail.fields().empty());
}

TEST_CASE("a part that says nothing of its type is what its multipart says") {
    auto const digest =
        mime::message_from_bytes("Content-Type: multipart/digest; boundary=b\n\n--b\n\nS: x\n\n--b--\n");
    CHECK(digest.get_payload(0)->get_default_type() == "message/rfc822");
    CHECK(digest.get_payload(0)->get_content_type() == "message/rfc822");
    mime::message part;
    CHECK(part.set_default_type("message/rfc822").get_content_type() == "message/rfc822");
    CHECK(part.set_default_type("text/plain").get_content_type() == "text/plain");
    CHECK(thrown([&] { part.set_default_type("text/html"); }) == mime::errc::bad_field_body);
}
