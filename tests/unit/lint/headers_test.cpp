#include "examined.hpp"

using namespace lint_test;

TEST_CASE("a letter with nothing wrong in it has no fault but its missing signature") {
    auto const report = examined(plain());
    for (auto const& one : report.findings) {
        CAPTURE(one.of->id);
        CHECK((one.count == 0 || one.of->id == "dkim-present"));
    }
}

TEST_CASE("the Date is there, makes sense and is near") {
    finds("date-present", with("Date", ""), plain());
    finds("date-form", with("Date", "Date: yesterday\n"), plain());
    finds("date-near", with("Date", "Date: Fri, 20 Nov 2027 10:00:00 +0000\n"), plain());
    auto const old = examined(with("Date", "Date: Fri, 20 Nov 2020 10:00:00 +0000\n"));
    CHECK(level_of(old, "date-near") == "notice");
    CHECK(old.find("date-near")->detail().find("2191 days ago") != std::string::npos);
}

TEST_CASE("the Message-ID is there, of its form, and nobody else's") {
    finds("message-id-present", with("Message-ID", ""), plain());
    for (auto const* bad : {"<1>", "1@example.com", "<1@example.com", "<@example.com>", "<1@>", "<a b@example.com>"})
        finds("message-id-form", with("Message-ID", "Message-ID: " + std::string(bad) + "\n"), plain());
    for (auto const* bad : {"<1@localhost>", "<1@mac.local>", "<1@web.localdomain>"})
        finds("message-id-domain", with("Message-ID", "Message-ID: " + std::string(bad) + "\n"), plain());
}

TEST_CASE("the Subject says something, briefly and without controls") {
    finds("subject-present", with("Subject", ""), plain());
    finds("subject-present", with("Subject", "Subject:  \n"), plain());
    finds("subject-length", with("Subject", "Subject: " + std::string(90, 'x') + "\n"), plain());
    finds("subject-controls", with("Subject", "Subject: =?utf-8?q?a=0D=0AX:_b?=\n"), plain());
    finds("subject-controls", with("Subject", "Subject: a\x01 b\n"), plain());
}

TEST_CASE("lines of the header and the body keep to their lengths") {
    std::string const words = "Subject: " + std::string(30, 'x') + " " + std::string(60, 'y') + "\n";
    finds("header-line-length", with("Subject", words), plain());
    CHECK(level_of(examined(plain("X-Token: " + std::string(200, 'x') + "\n")), "header-line-length") == "pass");
    finds("header-line-limit", plain("X-Long: " + std::string(998, 'x') + "\n"),
          plain("X-Long: " + std::string(990, 'x') + "\n"));
    finds("body-line-limit", plain({}, std::string(999, 'x') + "\n"), plain({}, std::string(998, 'x') + "\n"));
    auto const report = examined(plain({}, "a\n" + std::string(999, 'x') + "\nb\n" + std::string(1200, 'y') + "\n"));
    auto const* found = report.find("body-line-limit");
    REQUIRE(found->places.size() == 2);
    CHECK(found->places[0].line == 9);
    CHECK(found->places[1].line == 11);
    CHECK(found->detail().find("1200") != std::string::npos);
}

TEST_CASE("lines end with CRLF; a file of this machine may have LF alone") {
    finds("line-ends", plain({}, "a\rb\n"), plain());
    finds("line-ends", plain() + "a\nb\r\n", plain());
    CHECK(level_of(examined("From: a@example.com\n\nb\n"), "line-ends") == "pass");
    CHECK(level_of(examined("From: a@example.com\n\na\rb\n"), "line-ends") == "error");
    finds("nul-octets", plain({}, std::string("a\0b\n", 4)), plain());
}

TEST_CASE("octets beyond ASCII in the header want SMTPUTF8, and are UTF-8") {
    auto const raw = with("Subject", "Subject: gr\xC3\xBC\xC3\x9F\n");
    finds("header-8bit", raw, plain());
    CHECK(level_of(examined(raw, lint::envelope{"ann@example.com", {}, true}), "header-8bit") == "pass");
    finds("header-utf8", with("Subject", "Subject: gr\xFC\xDF\n"), raw);
}

TEST_CASE("octets beyond ASCII in a body are declared") {
    std::string const type = "Content-Type: text/plain; charset=utf-8\n";
    finds("body-8bit", plain(type, "gr\xC3\xBC\xC3\x9F\n"), plain(type));
    CHECK(level_of(examined(plain(type + "Content-Transfer-Encoding: 8bit\n", "gr\xC3\xBC\n")), "body-8bit").empty());
}

TEST_CASE("encoded-words are short, well-formed, whole, and where they may be") {
    auto const good = with("Subject", "Subject: =?utf-8?q?gr=C3=BC=C3=9Fe?=\n");
    finds("encoded-word-length", with("Subject", "Subject: =?utf-8?q?" + std::string(70, 'x') + "?=\n"), good);
    finds("encoded-word-form", with("Subject", "Subject: =?utf-8?b?!!!!?=\n"), good);
    finds("encoded-word-form", with("Subject", "Subject: =?utf-8?q?a b?= =?utf-8?q?c?=\n"), good);
    finds("encoded-word-charset", with("Subject", "Subject: =?x-none?q?a?=\n"), good);
    finds("encoded-word-charset", with("Subject", "Subject: =?utf-8?q?=FF=FE?=\n"), good);
    finds("encoded-word-split", with("Subject", "Subject: =?utf-8?q?gr=C3?= =?utf-8?q?=BC?=\n"), good);
    CHECK(level_of(examined(with("Subject", "Subject: =?utf-8?q?gr=C3?= =?utf-8?q?=BC?=\n")), "encoded-word-charset") ==
          "pass");
    finds("encoded-word-place", with("From", "From: \"=?utf-8?q?Ann?=\" <ann@example.com>\n"),
          with("From", "From: =?utf-8?q?Ann?= <ann@example.com>\n"));
    finds("encoded-word-place", plain("References: =?utf-8?q?a?=\n"), good);
}

TEST_CASE("addresses mean one mailbox each, and names are no other's address") {
    finds("address-form", with("To", "To: a@b@example.net\n"), plain());
    finds("address-form", with("To", "To: Bob <bob@example.net\n"), plain());
    finds("address-name", with("From", "From: \"ceo@bank.example\" <x@evil.example>\n"), plain());
    CHECK(level_of(examined(with("From", "From: \"ann@example.com\" <ann@example.com>\n")), "address-name") == "pass");
    finds("address-domain", with("To", "To: root@localhost\n"), plain());
    finds("recipients-present", with("To", ""), plain());
}

TEST_CASE("fields that may stand once do, Bcc is gone, MIME-Version is there") {
    finds("singletons", plain("Subject: another\n"), plain());
    CHECK(examined(plain("Subject: another\n")).find("singletons")->detail().find("2 times") != std::string::npos);
    finds("bcc-absent", plain("Bcc: c@example.org\n"), plain());
    finds("mime-version", with("MIME-Version", "Content-Type: text/plain\n"), plain("Content-Type: text/plain\n"));
}

TEST_CASE("what the parser finds wrong is told by what it means") {
    std::string const multipart = "Content-Type: multipart/mixed; boundary=b\n";
    finds("boundaries", plain(multipart, "--b\n\na\n"), plain(multipart, "--b\n\na\n--b--\n"));
    finds("boundaries",
          plain("Content-Type: multipart/mixed; boundary=" + std::string(71, 'b') + "\n",
                "--" + std::string(71, 'b') + "\n\na\n--" + std::string(71, 'b') + "--\n"),
          plain(multipart, "--b\n\na\n--b--\n"));
    std::string const base64 = "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n";
    finds("transfer-encoding", plain(base64, "!!!!\n"), plain(base64, "YWJj\n"));
    finds("structure", plain("no field at all\n"), plain());
}
