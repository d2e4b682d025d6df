#include <postrider/core/limits.hpp>
#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/kinds.hpp>

#include "../support.hpp"
#include "structure.hpp"

/// The catalogue's lines on reading, where what was read is written again.
using namespace postrider;

namespace {

std::string nested_multiparts(std::size_t depth) {
    std::string octets;
    for (std::size_t i = 0; i < depth; ++i) {
        auto const boundary = "b" + std::to_string(i) + "x";
        octets += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
    }
    return octets + "\nin the middle\n";
}

}  // namespace

TEST_CASE("hazard 88, 90: what is nested ten thousand times goes out as it came in, and can be changed") {
    for (auto const& octets :
         {nested_multiparts(10'000), repeated("Content-Type: message/rfc822\n\n", 10'000) + "\nx"}) {
        auto mail = mime::message_from_bytes(octets);
        CHECK(mail.as_bytes() == octets);
        CHECK(mail.walk().size() <= limits::parse_depth + 1);
        mail.replace_header("Subject", "changed").add_attachment("more");
        auto const read = mime::message_from_bytes(mail.as_bytes());
        CHECK(read.get("Subject") == "changed");
        CHECK(mail.as_string(mime::policy::smtp).size() > octets.size());
    }
}

TEST_CASE("hazard 89: a hundred thousand siblings go out as they came in, and can be changed") {
    auto const octets = "Content-Type: multipart/mixed; boundary=b\n\n" + repeated("--b\n\nx\n", 100'000) + "--b--\n";
    auto mail = mime::message_from_bytes(octets);
    CHECK(mail.as_bytes() == octets);
    mail.get_payload(5)->set_payload("changed\n");
    auto const changed = mail.as_bytes();
    CHECK(changed.size() > octets.size());
    CHECK(mime::message_from_bytes(changed).get_payload(5)->get_content() == "changed\n");
}

TEST_CASE("hazard 92, 93: multiparts that do not begin or end as they should go out as they came in") {
    for (auto const* octets :
         {"Content-Type: multipart/mixed; boundary=b\n\n--b--\n--b\n\nx\n--b--\n",
          "Content-Type: multipart/mixed; boundary=b\n\n--b--",
          "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b",
          "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx", "Content-Type: multipart/mixed; boundary=b\n\n--b",
          "Content-Type: multipart/mixed; boundary=b"}) {
        CAPTURE(octets);
        auto mail = mime::message_from_bytes(octets);
        CHECK(mail.as_bytes() == octets);
        if (!mail.is_multipart()) continue;
        mail.attach(mime::text("attached\n"));
        auto const read = mime::message_from_bytes(mail.as_bytes());
        auto const parts = read.iter_parts();
        REQUIRE_FALSE(parts.empty());
        CHECK(parts[parts.size() - 1].get_content() == "attached\n");
    }
}

TEST_CASE(
    "hazard 98: a field that an enclosed message gets is its own, even where no blank line stands in front of it") {
    std::string const octets = "Subject: outer\nContent-Type: message/rfc822\nno field, and no blank line\n";
    auto mail = mime::message_from_bytes(octets);
    CHECK(mail.as_bytes() == octets);
    REQUIRE(mail.get_payload(0));
    mail.get_payload(0)->header("X-Inner", "1");
    auto const read = mime::message_from_bytes(mail.as_bytes());
    CHECK_FALSE(read.contains("X-Inner"));
    REQUIRE(read.get_payload(0));
    CHECK(read.get_payload(0)->get("X-Inner") == "1");
    CHECK(read.get_payload(0)->get_content() == mime::message_from_bytes(octets).get_payload(0)->get_content());
}

TEST_CASE("hazard 98: a line that continues nothing does not continue a field that is new") {
    auto mail = mime::message_from_bytes(" continues nothing\n: no name\n\nbody\n");
    mail.header("X-New", "1").replace_header("Subject", "2");
    CHECK(mail.as_bytes() == " continues nothing\n: no name\nX-New: 1\nSubject: 2\n\nbody\n");
}

TEST_CASE("hazard 99: of two fields of one name the first is changed, and both stay") {
    auto mail = mime::message_from_bytes("From: a@b\nFrom: c@d\nSubject: 1\nSubject: 2\n\n");
    mail.replace_header("Subject", "3").from("e@f");
    CHECK(mail.as_bytes() == "From: e@f\nFrom: c@d\nSubject: 3\nSubject: 2\n\n");
    CHECK(thrown([&] { mail.header("Subject", "4"); }) == mime::errc::duplicate_field);
}

TEST_CASE("hazard 100: 99,999 colons in To are refused where one composes, and go out again where they were parsed") {
    auto const colons = std::string(99'999, ':');
    mime::message mail;
    CHECK(thrown([&] { mail.to(colons); }) == mime::errc::bad_address);
    CHECK(thrown([&] { mail.to("a:" + colons + ";"); }) == mime::errc::bad_address);
    auto const octets = "To: " + colons + "\n\nbody\n";
    auto parsed = mime::message_from_bytes(octets);
    CHECK(parsed.as_bytes() == octets);
    parsed.to("a@b");
    CHECK(parsed.as_bytes() == "To: a@b\n\nbody\n");
}

TEST_CASE("hazard 104: an address that two readers would read differently is refused, and never mended") {
    for (auto const* confusing :
         {"a@evil@good", "\"x@evil\" x@good", "a@b(c", "<a@b>c@d", "x@evil>y@good", "a@b, c d@e", "@evil:a@good@b"})
        CHECK_THROWS_AS(mime::message().to(confusing), mime::error);
    // What was parsed goes out as it was read: nobody's words are made another address of.
    std::string const octets = "To: a@evil@good\nCc: \"x@evil x\"@good\n\n";
    auto const mail = mime::message_from_bytes(octets);
    CHECK(mail.addresses("To").empty());
    auto const refolded = mail.as_bytes(mime::policy::default_.with_refold_source(mime::policy::refold::all));
    CHECK(mime::message_from_bytes(refolded).addresses("To").empty());
    CHECK(mime::message_from_bytes(refolded).addresses("Cc") == mail.addresses("Cc"));
}

TEST_CASE("hazard 109: content of an encoding that nobody knows goes along as it is") {
    auto mail = mime::message_from_bytes("Subject: s\nContent-Transfer-Encoding: x-odd\n\n\x01\xff\n");
    mail.replace_header("Subject", "changed").add_attachment("more");
    auto const octets = mail.as_bytes();
    CHECK(octets.find("Content-Transfer-Encoding: x-odd\n\n\x01\xff\n") != std::string::npos);
}

TEST_CASE("hazard 84: a message whose lines are too long goes as octets, and the header around it stays") {
    auto mail =
        mime::message_from_bytes("Subject: s\nContent-Type: message/rfc822; x=y\nContent-Transfer-Encoding: odd\n\n");
    mail.set_payload("Subject: inner\r\n\r\n" + repeated("x", 2000));
    auto const octets = mail.as_bytes(mime::policy::smtp);
    CHECK(longest_line(octets) <= 78);
    auto const read = mime::message_from_bytes(octets);
    CHECK(read.get("Subject") == "s");
    CHECK(read.get("Content-Type") == "application/octet-stream; x=y");
    CHECK(read.get_payload(true) == "Subject: inner\r\n\r\n" + repeated("x", 2000));
}

TEST_CASE("hazard 109: a transfer encoding with raw octets in it is not another when the header changes") {
    auto mail =
        mime::message_from_bytes("Content-Type: text/plain\nContent-Transfer-Encoding: ba\xb8se64\n\n\x01\xff\n");
    mail.set_param("x", "y");
    CHECK(mail.as_bytes() == "Content-Type: text/plain; x=y\nContent-Transfer-Encoding: ba\xb8se64\n\n\x01\xff\n");
}

TEST_CASE("hazard 121: an attached message comes back octet for octet, whatever is wrong with it") {
    for (std::string const& inner :
         {std::string("Subject: x\r\n\r\nbody\r\n"), std::string("no header at all\r\n"), std::string("\r\n"),
          std::string("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nno end\r\n"),
          std::string("Subject: \xff\r\n\r\n\xff\r\n")}) {
        auto mail = minimal();
        mail.text("see").attach(mime::rfc822(mime::message_from_bytes(inner)));
        auto const read = mime::message_from_bytes(rendered(mail));
        auto const* attached = read.get_payload(1);
        REQUIRE(attached);
        CHECK(attached->get_payload(0)->as_bytes() + "\r\n" == inner + (inner.ends_with("\r\n") ? "\r\n" : ""));
    }
}

TEST_CASE("hazard 126: Bcc of a parsed message is left out when it is sent, and kept when it is stored") {
    std::string const octets = "Bcc: hidden@b,\n c@d\nSubject: s\nbcc: e@f\nResent-Bcc: g@h\n\nbody\n";
    auto const mail = mime::message_from_bytes(octets);
    CHECK(mail.as_bytes() == octets);
    CHECK(rendered(mail) == "Subject: s\r\n\r\nbody\r\n");
    fixed_host host;
    CHECK(mime::render(mail, {.host = &host, .keep_bcc = true}).size() > octets.size());
}
