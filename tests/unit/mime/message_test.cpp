#include <postrider/mime/message.hpp>

#include "support.hpp"

using namespace postrider;

TEST_CASE("the front door reads as the message does") {
    mime::message mail;
    mail.from("Feeling <me@example.com>").to("测试 <you@example.net>").subject("C++ 邮件测试");
    mail.text("纯文本").html("<p>图片: <img src='cid:image1'></p>");
    mail.inline_data("image1", "\x89PNG\r\n\x1a\n", "", "test.png").attach_data("report.xlsx", "x");

    auto octets = rendered(mail);
    CHECK(field_of(octets, "From") == "Feeling <me@example.com>");
    CHECK(field_of(octets, "To") == "=?utf-8?b?5rWL6K+V?= <you@example.net>");
    CHECK(field_of(octets, "Subject") == "C++ =?utf-8?b?6YKu5Lu25rWL6K+V?=");
    CHECK(field_of(octets, "Date") == "Fri, 20 Nov 2026 10:31:12 +0800");
    CHECK(field_of(octets, "Message-ID") == "<00000000000000000000000000000000@example.com>");
    CHECK(field_of(octets, "MIME-Version") == "1.0");
}

TEST_CASE("verbs that add, add; verbs that replace, replace; their order never matters") {
    mime::message mail;
    mail.text("old").subject("old").from("old@example.com");
    mail.to("a@b").cc("c@d").to({"e@f", "g@h"}).bcc("i@j");
    mail.subject("new").text("new").from("new@example.com");
    CHECK(mail["To"] == "a@b, e@f, g@h");
    CHECK(mail["From"] == "new@example.com");
    CHECK(mail["Subject"] == "new");
    CHECK(mail.text_body()->octets == "new");
    CHECK(mail.addresses("To").size() == 3);
    CHECK(mail.addresses("Nothing").empty());
    mail.from({});
    CHECK_FALSE(mail.contains("From"));
}

TEST_CASE("a message is a value: copies share octets and nothing else") {
    auto big = std::make_shared<std::string const>(25 << 20, 'x');
    auto mail = minimal();
    mail.attach_data("big.bin", big);
    auto owners = big.use_count();
    auto copy = mail;
    CHECK(big.use_count() == owners + 1);
    copy.subject("another").attach_data("small.bin", "y");
    copy["X-Copy"] = "yes";
    CHECK_FALSE(mail.contains("Subject"));
    CHECK_FALSE(mail.contains("X-Copy"));
    CHECK(mail.attachments().size() == 1);
    CHECK(copy.attachments().size() == 2);
}

TEST_CASE("the subscript reads and assigns") {
    mime::message mail;
    mail["X-Name"] = "v";
    std::string value = mail["x-name"];
    CHECK(value == "v");
    mail["X-Name"] = "w";
    CHECK(mail.get_all("X-Name") == std::vector<std::string>{"v", "w"});
    mail["X-Copy"] = mail["X-Name"];
    CHECK(mail["X-Copy"] == "v");
    CHECK(mail["X-Absent"] == "");
    CHECK_FALSE(mail.get("X-Absent").has_value());
    mail["To"] = "Ann <a@b>, c@d";
    CHECK(mail.addresses("To").size() == 2);
}

TEST_CASE("a field that may stand once stands once") {
    auto mail = minimal();
    CHECK(thrown([&] { mail["To"] = "x@y"; }) == mime::errc::duplicate_field);
    mail["Subject"] = "a";
    CHECK(thrown([&] { mail["subject"] = "b"; }) == mime::errc::duplicate_field);
    mail.replace_header("Subject", "b");
    CHECK(mail["Subject"] == "b");
    mail.del("SUBJECT");
    CHECK_FALSE(mail.contains("Subject"));
}

TEST_CASE("bad input is refused at the call that brings it, and leaves the message as it was") {
    auto mail = minimal();
    auto before = rendered(mail);
    CHECK(thrown([&] { mail.to("nobody"); }) == mime::errc::bad_address);
    CHECK(thrown([&] { mail.subject("a\r\nBcc: x@y"); }) == mime::errc::control_character);
    CHECK(thrown([&] { mail.subject("\xff"); }) == mime::errc::unencodable);
    CHECK(thrown([&] { mail.text("\xff"); }) == mime::errc::unencodable);
    CHECK(thrown([&] { mail.text("é", "no-such-charset"); }) == mime::errc::unencodable);
    CHECK(thrown([&] { mail.text("测", "iso-8859-1"); }) == mime::errc::unencodable);
    CHECK(thrown([&] { mail["X Y"] = "v"; }) == mime::errc::bad_field_name);
    CHECK(thrown([&] { mail[""] = "v"; }) == mime::errc::bad_field_name);
    CHECK(thrown([&] { mail["X:"] = "v"; }) == mime::errc::bad_field_name);
    CHECK(thrown([&] { mail["X-É"] = "v"; }) == mime::errc::bad_field_name);
    CHECK(thrown([&] { mail["Message-ID"] = "<é@x>"; }) == mime::errc::bad_field_body);
    CHECK(thrown([&] { mail["Content-Type"] = "text/plain; =x"; }) == mime::errc::bad_field_body);
    CHECK(thrown([&] { mail.message_id("<a b@c>"); }) == mime::errc::bad_field_body);
    CHECK(thrown([&] { mail.sender("a@b, c@d"); }) == mime::errc::bad_address);
    CHECK(thrown([&] { mail.attach_data("a", "b", "nonsense"); }) == mime::errc::bad_field_body);
    CHECK(thrown([&] { mail.inline_data("a b", "c"); }) == mime::errc::bad_field_body);
    CHECK(thrown([&] { mail.attach_data("a\nb", "c"); }) == mime::errc::control_character);
    CHECK(rendered(mail) == before);
}

TEST_CASE("a file that cannot be read is refused when it is attached, with the reason and the path") {
    fixed_host host;
    auto mail = minimal();
    try {
        mail.attach_file("/nowhere/report.pdf", {}, host);
        FAIL("attached");
    } catch (mime::error const& e) {
        CHECK(e.code() == mime::errc::unreadable_file);
        CHECK(std::string(e.what()).find("/nowhere/report.pdf: No such file or directory") != std::string::npos);
    }
    CHECK(thrown([&] { mail.attach_file("/tmp"); }) == mime::errc::unreadable_file);
}

TEST_CASE("several authors need a sender, and a message needs an author") {
    mime::message mail;
    mail.to("x@y").text("hi");
    CHECK(thrown([&] { rendered(mail); }) == mime::errc::missing_sender);
    mail.from("a@b, c@d");
    CHECK(thrown([&] { rendered(mail); }) == mime::errc::missing_sender);
    mail.sender("a@b");
    CHECK(field_of(rendered(mail), "From") == "a@b, c@d");
    CHECK(field_of(rendered(mail), "Sender") == "a@b");
}

TEST_CASE("what is given is not supplied") {
    auto mail = minimal();
    mail.message_id("abc@d").date(std::chrono::sys_seconds{}, std::chrono::seconds{0});
    mail["MIME-Version"] = "1.0";
    auto octets = rendered(mail);
    CHECK(field_of(octets, "Message-ID") == "<abc@d>");
    CHECK(field_of(octets, "Date") == "Thu, 01 Jan 1970 00:00:00 +0000");
    CHECK(octets.find("MIME-Version") == octets.rfind("MIME-Version"));
}
