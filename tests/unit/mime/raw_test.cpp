#include <postrider/mime/raw.hpp>

#include "support.hpp"

using namespace postrider;

namespace {
std::string through(std::string octets) {
    return mime::wire_from_octets(std::move(octets)).str().value();
}
}  // namespace

TEST_CASE("somebody else's message changes its line ends alone") {
    CHECK(through("Subject: x\n y\n\nbody\r.\rFrom me\n") == "Subject: x\r\n y\r\n\r\nbody\r\n.\r\nFrom me\r\n");
    CHECK(through("Subject:   odd  \r\nX:y\r\n\r\n\r\n") == "Subject:   odd  \r\nX:y\r\n\r\n\r\n");
    CHECK(through("Subject: no body") == "Subject: no body\r\n");
    CHECK(through("\n\nbody") == "\r\n\r\nbody\r\n");
    CHECK(through("no header at all\n\nbcc: body\n") == "no header at all\r\n\r\nbcc: body\r\n");
    CHECK(through("From me@x Thu Jan 1 00:00:00 1970\nTo: a@b\n\nx\n") == "To: a@b\r\n\r\nx\r\n");
    CHECK(through("From me") == "");
    CHECK(through("") == "");
}

TEST_CASE("hazard 126: blind copies go with their continuation lines, in a message of somebody else's too") {
    CHECK(through("To: a@b\nBcc: x@y,\n z@y\n\tand more\nbCC : w@y\nResent-Bcc: v@y\nSubject: s\n\nBcc: body\n") ==
          "To: a@b\r\nSubject: s\r\n\r\nBcc: body\r\n");
    CHECK(through("Bcc: only@x") == "");
    CHECK(through("X-Bcc: stays\n\n") == "X-Bcc: stays\r\n\r\n");
}

TEST_CASE("the wire knows what the octets need") {
    auto plain = mime::wire_from_octets("Message-ID:\n <a@b>\nSubject: x\n\nbody\n");
    CHECK(plain.message_id() == "<a@b>");
    CHECK_FALSE(plain.has_8bit());
    CHECK_FALSE(plain.needs_smtputf8());
    auto high_body = mime::wire_from_octets("Subject: x\n\n\xe9\n");
    CHECK(high_body.has_8bit());
    CHECK_FALSE(high_body.needs_smtputf8());
    auto high_header = mime::wire_from_octets("Subject: é\n\nbody\n");
    CHECK(high_header.has_8bit());
    CHECK(high_header.needs_smtputf8());
    auto hidden = mime::wire_from_octets("Bcc: é@x\nSubject: x\n\nbody\n");
    CHECK_FALSE(hidden.needs_smtputf8());
}

TEST_CASE("a source is read whole") {
    CHECK(mime::wire_from_source(*memory_source("To: a@b\n\nx"))->str().value() == "To: a@b\r\n\r\nx\r\n");
}
