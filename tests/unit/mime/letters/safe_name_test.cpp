#include <doctest/doctest.h>

#include <postrider/codec/charset.hpp>
#include <postrider/mime/media_type.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/mime/safe_name.hpp>
#include <string>
#include <string_view>

#include "support.hpp"

using namespace postrider;
using namespace std::string_view_literals;

namespace {

std::string safe(std::string_view wanted) {
    return mime::safe_file_name(wanted, "application/pdf");
}

}  // namespace

TEST_CASE("a name that is safe already stays as it is") {
    for (auto name : {"report.pdf", "报告.pdf", "Q3 report (final).tar.gz", "Makefile", "1.jpg", "a~b", "été.txt"})
        CHECK(safe(name) == name);
}

TEST_CASE("hazard 191: a path becomes its last component") {
    CHECK(safe("../../etc/passwd") == "passwd");
    CHECK(safe("..\\..\\Windows\\evil.exe") == "evil.exe");
    CHECK(safe("/etc/shadow") == "shadow");
    CHECK(safe("C:\\Users\\me\\report.pdf") == "report.pdf");
    CHECK(safe("C:report.pdf") == "C_report.pdf");
    CHECK(safe("folder/") == "folder");
    CHECK(safe("a／b＼c⁄d") == "a_b_c_d");
    for (auto nothing : {"", "/", "..", "../..", "...", "./.", " ", "-", "---", ". .", "\\\\", "\0"})
        CHECK(safe(nothing) == "attachment.pdf");
    CHECK(safe("\0\0"sv) == "attachment.pdf");
}

TEST_CASE("hazard 108: an ending cannot be hidden") {
    CHECK(safe("invoice\u202Efdp.exe") == "invoicefdp.exe");
    CHECK(safe("photo.jpg                                        .exe") == "photo.jpg .exe");
    CHECK(safe("photo.jpg\r\n\t .exe") == "photo.jpg .exe");
    CHECK(safe("a\u200B\u2066b\uFEFF.pdf") == "ab.pdf");
    CHECK(safe("evil.exe\0.pdf"sv) == "evil.exe.pdf");
    CHECK(safe("evil.exe. . .") == "evil.exe");
}

TEST_CASE("what a shell or a file system gives a meaning to is gone") {
    CHECK(safe("-rf") == "rf");
    CHECK(safe(".bashrc") == "bashrc");
    CHECK(safe("a<b>c:d\"e|f?g*h.pdf") == "a_b_c_d_e_f_g_h.pdf");
    CHECK(safe("report.pdf:$DATA") == "report.pdf_$DATA");
    CHECK(safe("a\x01\x7f\u0085z") == "az");
}

TEST_CASE("the devices of Windows get another name") {
    for (auto device : {"CON", "con.txt", "Nul.tar.gz", "COM1", "lpt9.pdf", "aux .x", "COM¹", "conin$", "LPT0.a.b"})
        CHECK(safe(device) == "_" + std::string(device));
    for (auto name : {"CONSOLE", "com10", "comx", "null", "a.con"}) CHECK(safe(name) == name);
}

TEST_CASE("a long name is cut before its ending and never inside a character") {
    CHECK(safe(repeated("x", 1000) + ".pdf") == repeated("x", 196) + ".pdf");
    auto const chinese = safe(repeated("测", 500) + ".docx");
    CHECK(chinese == repeated("测", 65) + ".docx");
    CHECK(safe(repeated("y", 300)).size() == 200);
    CHECK(safe("a." + repeated("z", 300)).size() == 200);
    CHECK(safe(repeated("x", 199) + ". b") == repeated("x", 199));
}

TEST_CASE("octets that are no UTF-8 become U+FFFD") {
    CHECK(safe("caf\xe9.txt") == "caf\uFFFD.txt");
    for (int octet = 0; octet < 256; ++octet) {
        auto const name = safe(std::string(3, static_cast<char>(octet)));
        CHECK(!name.empty());
        CHECK(codec::is_utf8(name));
        CHECK(safe(name) == name);
    }
}

TEST_CASE("a name that nothing is left of follows from the type") {
    CHECK(mime::safe_file_name("", "text/plain") == "attachment.txt");
    CHECK(mime::safe_file_name("", "IMAGE/JPEG") == "attachment.jpg");
    CHECK(mime::safe_file_name("", "text/html; charset=utf-8") == "attachment.html");
    CHECK(mime::safe_file_name("", "message/rfc822") == "attachment.eml");
    CHECK(mime::safe_file_name("", "x-own/../../type") == "attachment");
    CHECK(mime::safe_file_name("", "") == "attachment");
}

TEST_CASE("every type with a known ending gets it back") {
    for (auto name : {"a.pdf", "a.png", "a.docx", "a.zip", "a.mp3", "a.ics", "a.gz", "a.html", "a.txt"})
        CHECK("a." + std::string(mime::ending_of_type(mime::type_of_name(name))) == name);
    CHECK(mime::ending_of_type("x/unknown").empty());
}

TEST_CASE("equal names are numbered, whatever their case") {
    mime::distinct_names names;
    CHECK(names.take("report.pdf") == "report.pdf");
    CHECK(names.take("report.pdf") == "report-2.pdf");
    CHECK(names.take("Report.PDF") == "Report-3.PDF");
    CHECK(names.take("ÉTÉ") == "ÉTÉ");
    CHECK(names.take("été") == "été-2");
    CHECK(names.take("ДОМ.txt") == "ДОМ.txt");
    CHECK(names.take("дом.TXT") == "дом-2.TXT");
    CHECK(names.take("ΣΊΣΥΦΟΣ") == "ΣΊΣΥΦΟΣ");
    CHECK(names.take("σίσυφος") == "σίσυφος-2");
    CHECK(names.take("Mr. Smith") == "Mr. Smith");
    CHECK(names.take("Mr. Smith") == "Mr. Smith-2");
}

TEST_CASE("a number that is taken is passed over") {
    mime::distinct_names names;
    CHECK(names.take("a.txt") == "a.txt");
    CHECK(names.take("a-2.txt") == "a-2.txt");
    CHECK(names.take("A.txt") == "A-3.txt");
    CHECK(names.take("a-2.txt") == "a-2-2.txt");
}

TEST_CASE("ten thousand long names that differ only where the number stands are told apart in linear time") {
    mime::distinct_names names;
    std::unordered_set<std::string> all;
    for (int i = 0; i < 10'000; ++i) {
        auto name = names.take(mime::safe_file_name(repeated("n", 196) + std::to_string(i % 5000) + ".eml", ""));
        CHECK(name.size() <= 200);
        all.insert(std::move(name));
    }
    CHECK(all.size() == 10'000);
}
