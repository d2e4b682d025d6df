#include <postrider/mime/kinds.hpp>

#include "support.hpp"

/// What Python 3.11 writes for the same input, and where we write something else, why.
using namespace postrider;

namespace {

std::string subject(std::string text) {
    auto mail = minimal();
    mail.subject(std::move(text));
    return field_of(rendered(mail), "Subject");
}

std::string disposition(std::string name) {
    auto mail = minimal();
    mail.attach_data(name, "x");
    auto octets = rendered(mail);
    auto part = octets.substr(octets.find("Content-Disposition: "));
    return part.substr(21, part.find("\r\nContent-Transfer") - 21);
}

}  // namespace

TEST_CASE("subjects") {
    CHECK(subject("Hello wörld, how are you") == "Hello =?utf-8?q?w=C3=B6rld=2C?= how are you");
    CHECK(subject("邮件测试") == "=?utf-8?b?6YKu5Lu25rWL6K+V?=");

    // Python splits sixty é into words of 30 and 2 with lines of 78; RFC 2047 §2 allows a line with a word 76, and a
    // word 75: the first holds fewer.
    auto many = subject(repeated("é", 60));
    CHECK(many.find("=?utf-8?b?") == 0);
    CHECK(many.find("?=\r\n =?utf-8?b?") != many.npos);

    // Python encodes a word of 120 letters in Q or puts it behind an empty first line. It fits in the 998 octets that a
    // line may have, so it stays.
    CHECK(subject(repeated("x", 120)) == repeated("x", 120));
}

TEST_CASE("recipients") {
    auto mail = minimal();
    mail.cc("\"Doe, Jöhn\" <a@b.c>, Ünï <d@e.f>").reply_to(mime::mailbox{"Jöhn Doe", "g@h.i"});
    auto octets = rendered(mail);
    // Ünï takes 13 characters in Q and 8 in B.
    CHECK(field_of(octets, "Cc") == "=?utf-8?q?Doe=2C_J=C3=B6hn?= <a@b.c>, =?utf-8?b?w5xuw68=?= <d@e.f>");
    // Python encodes the one word that needs it; we encode the whole name, which every reader joins right.
    CHECK(field_of(octets, "Reply-To") == "=?utf-8?q?J=C3=B6hn_Doe?= <g@h.i>");
}

TEST_CASE("file names") {
    CHECK(disposition("报告.pdf") == "attachment; filename*=utf-8''%E6%8A%A5%E5%91%8A.pdf");
    auto sections = disposition(repeated("a", 90) + "é.pdf");
    CHECK(sections.find("attachment;\r\n filename*0*=utf-8''aaa") == 0);
    CHECK(sections.find(";\r\n filename*1*=aaa") != sections.npos);
    CHECK(sections.find("%C3%A9.pdf") != sections.npos);
    CHECK(disposition(repeated("a", 90) + ".pdf").find("attachment;\r\n filename*0*=us-ascii''aaa") == 0);
}

TEST_CASE("identifiers") {
    auto mail = minimal();
    auto id = "<" + repeated("x", 80) + "@example.com>";
    mail.message_id(id);
    mail["References"] = id + " " + id + " " + id + " " + id;
    auto octets = rendered(mail);
    CHECK(field_of(octets, "Message-ID") == id);
    CHECK(field_of(octets, "References") == id + "\r\n " + id + "\r\n " + id + "\r\n " + id);
}

TEST_CASE("a multipart without parts still has one, empty") {
    auto mail = mime::multipart();
    mail.from("a@b");
    auto octets = rendered(mail);
    auto body = body_of(octets);
    auto line = body.substr(0, body.find("\r\n"));
    CHECK(body == std::string(line) + "\r\n\r\n" + std::string(line) + "--\r\n");
}
