#include <doctest/doctest.h>

#include <filesystem>
#include <postrider/codec/base64.hpp>
#include <postrider/core/mapped_file.hpp>
#include <postrider/mime/delivery_status.hpp>
#include <postrider/mime/json.hpp>

#include "messages.hpp"

using namespace postrider;
using namespace postrider::mime;
using namespace postrider::mime::test;
using namespace std::string_view_literals;

namespace {

/// Reads all there is to read, of encoded messages inside too.
void read_all(parsed_message const& message) {
    check_invariants(message);
    (void)to_json(message);
    for (std::size_t i = 0; i < message.part_count(); ++i)
        if (auto const opened = message.part(i).open_encoded()) check_invariants(*opened);
}

constexpr std::string_view attached =
    "From: a@example.com\nSubject: =?utf-8?q?h=C3=A9?=\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\n1\n--i\n"
    "Content-Type: text/html; name*0*=utf-8''%C3;\n name*1*=%A9\n\n2\n--i--\n";

}  // namespace

TEST_CASE("hazard 113: offsets are exact to the octet among CRLF, LF, lone CR, NUL and 8-bit octets") {
    std::string_view const octets =
        "From x\0y\r\nA: \xff\0b\rc\r\n\td\nContent-Type: multipart/mixed; boundary=\"b\xe9\"\r\n\n\0\r--b\xe9\n"
        "--b\xe9\r\nX: \0\n\r\n\r\r\n\0\n--b\xe9--\r\n\r"sv;
    parsed_message const message = parse(octets);
    REQUIRE(message.part_count() == 2);
    CHECK(message.envelope_line() == octets.substr(0, 8));
    std::vector<field_view> const fields(message.root().fields().begin(), message.root().fields().end());
    REQUIRE(fields.size() == 2);
    CHECK(fields[0].offset == 10);
    CHECK(fields[0].body == octets.substr(12, 10));
    CHECK(octets.substr(fields[1].offset).starts_with("Content-Type:"));
    CHECK(message.root().preamble() == "\0\r--b\xe9"sv);
    CHECK(message.part(1).fields().begin()->body == " \0"sv);
    CHECK(message.part(1).body() == "\r\r\n\0"sv);
    CHECK(message.root().epilogue() == "\r");
    for (std::size_t i = 0; i < 2; ++i) {
        parsed_part const part = message.part(i);
        CHECK(part.body() == octets.substr(part.body_range().begin, part.body_range().size()));
    }
}

TEST_CASE("hazard 113: lines that end with CR alone are one line, as they are to every mail server") {
    parsed_message const message = parse("A: b\rC: d\r\rbody\r");
    CHECK(field_names(message.root()) == "A");
    CHECK(message.root().value("a") == "b\\x0dC: d\\x0d\\x0dbody\\x0d");
    CHECK(message.root().body().empty());
}

TEST_CASE("hazard 114: a date in a report that is none gives no value") {
    for (std::string_view date : {"Mon, 1 Jan 99999 00:00:00 +0000", "Fri, 20 Nov 2026 10:11:12 +9999",
                                  "32 Foo 2026 10:11:12 +0000", "", "tomorrow", "Fri, 20 Nov 2026 25:61:61 +0000"}) {
        CAPTURE(date);
        delivery_status const status = parse_delivery_status("Arrival-Date: " + std::string(date) + "\n");
        CHECK_FALSE(status.per_message.arrival_date());
        CHECK(status.per_message.value("Arrival-Date") == date);
    }
}

TEST_CASE("hazard 118: whatever a From line says and whatever Content-Length claims, the structure is what is there") {
    for (std::string_view line : {"From ", "From x", "From  \t", "From \xff\xff 99:99", "From a b c d e f g h"}) {
        for (std::string_view length : {"0", "-1", "99999999999999999999", "5"}) {
            std::string const octets =
                std::string(line) + "\nContent-Length: " + std::string(length) + "\n\nall of it\n";
            parsed_message const message = parse(octets);
            CHECK(message.envelope_line() == line);
            CHECK(message.root().body() == "all of it\n");
        }
    }
    std::string const long_line = "From " + std::string(10'000'000, 'x');
    CHECK(parse(long_line).envelope_line() == long_line);
    CHECK(parse(long_line).root().body().empty());
}

TEST_CASE("hazard 120: no regular expression reads what strangers wrote") {
    std::size_t files = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(POSTRIDER_SOURCES)) {
        if (!entry.is_regular_file()) continue;
        auto const source = mapped_file::open(entry.path());
        REQUIRE(source.has_value());
        CAPTURE(entry.path().string());
        CHECK(source->octets().find("<regex>") == std::string_view::npos);
        CHECK(source->octets().find("regex.h") == std::string_view::npos);
        ++files;
    }
    CHECK(files > 100);
}

TEST_CASE("hazard 121: an attached message that is cut or corrupted anywhere is read to its end") {
    for (bool const encoded : {false, true}) {
        std::string const inner = encoded ? codec::encode_base64_lines(attached) : std::string(attached);
        std::string const header = std::string("Content-Type: message/rfc822\nContent-Transfer-Encoding: ") +
                                   (encoded ? "base64" : "8bit") + "\n\n";
        for (std::size_t at = 0; at < inner.size(); ++at) {
            std::string corrupted = inner;
            for (char c : {'\0', '\n', '=', '-', '\xff'}) {
                corrupted[at] = c;
                std::string const octets = multipart("o", {header + corrupted, "\nbehind"});
                parsed_message const message = parse(octets);
                read_all(message);
                CHECK(message.part(message.part_count() - 1).body() == "behind");
            }
            std::string const cut = multipart("o", {header + inner.substr(0, at)});
            read_all(parse(cut));
        }
    }
}
