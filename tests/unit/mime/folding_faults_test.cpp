#include <postrider/codec/encoded_word.hpp>
#include <postrider/mime/from_bytes.hpp>

#include "support.hpp"

/// Faults that Python's email has had in folding, each by its number in CPython's tracker, and what is right.
using namespace postrider;

namespace {

std::string refolded(std::string const& octets) {
    return mime::message_from_bytes(octets).as_bytes(mime::policy::smtp.with_refold_source(mime::policy::refold::all));
}

std::string written_subject(std::string text) {
    auto mail = minimal();
    mail.subject(std::move(text));
    return rendered(mail);
}

std::vector<std::string> lines_of(std::string_view header) {
    std::vector<std::string> lines;
    while (!header.empty()) {
        auto const end = std::min(header.find("\r\n"), header.size());
        lines.emplace_back(header.substr(0, end));
        header.remove_prefix(std::min(header.size(), end + 2));
    }
    return lines;
}

/// Bodies that folders have stumbled over.
std::vector<std::string> const& hard_texts() {
    static std::vector<std::string> const all{
        repeated("x", 77),
        repeated("x", 500),
        repeated("é", 500),
        repeated("x ", 200) + "é" + repeated(" x", 200),
        "é" + std::string(90, ' ') + "é",
        "a" + std::string(90, ' ') + "b",
        std::string(90, ' ') + "a",
        "a" + std::string(90, ' '),
        repeated("x", 70) + " é " + repeated("x", 70),
        repeated("=?utf-8?q?x?= ", 20),
        "ends in a blank é ",
        repeated("\xf0\x9f\x98\x80", 60),
        repeated("a, b; c \"d\" <e@f> ", 20) + "é",
    };
    return all;
}

}  // namespace

TEST_CASE("cpython 121284: specials that an encoded-word hides stay hidden when a field is folded anew") {
    for (std::string name : {"=?utf-8?q?Doe=2C_J=C3=B6hn?=", "=?utf-8?q?=40evil=2Eexample?=",
                             "=?utf-8?b?IjxldmlsQGV4YW1wbGU+LCI=?=", "=?us-ascii?q?a=3Cevil=40example=3E=2C?=",
                             "\"=?utf-8?q?a=2C?= <evil@example>,\"", "\"quoted, <evil@example>\""}) {
        std::string const octets = "To: " + name + " <a@example.net>, " + name + "\r\n <b@example.net>\r\n\r\n";
        auto const before = mime::message_from_bytes(octets).addresses("To");
        REQUIRE(before.size() == 2);
        auto const written = refolded(octets);
        CAPTURE(written);
        auto const after = mime::parse_address_list(unfolded(field_of(written, "To"))).value();
        REQUIRE(after.size() == 2);
        CHECK(mime::mailboxes(after) == before);
        CHECK(mime::mailboxes(after)[1].address == "b@example.net");
    }
}

TEST_CASE("cpython 85725: a local-part is never an encoded-word") {
    auto mail = minimal();
    mail.cc("é@example.net, \"Jörg, M.\" <jörg@example.net>");
    auto const field = field_of(rendered(mail), "Cc");
    CHECK(field == "é@example.net, =?utf-8?b?SsO2cmcsIE0u?= <jörg@example.net>");
    auto const seven = mime::message_from_bytes("Cc: é@example.net\r\n\r\n").as_string(mime::policy::smtp);
    CHECK(seven.find("=?") == std::string::npos);
}

TEST_CASE("cpython 87659, 132105: no encoded-word is broken by a line end or a blank, and none is too long") {
    for (auto const& text : hard_texts()) {
        auto const octets = written_subject(text);
        auto const field = field_of(octets, "Subject");
        CAPTURE(field);
        for (auto at = field.find("=?utf-8?"); at != field.npos; at = field.find("=?utf-8?", at + 1)) {
            auto const end = field.find("?=", at + 10);
            REQUIRE(end != field.npos);
            auto const word = field.substr(at, end + 2 - at);
            CHECK(word.find_first_of(" \t\r\n") == word.npos);
            CHECK(word.size() <= 75);
        }
        CHECK(codec::decode_words(unfolded(field)).text == text);
    }
}

TEST_CASE("cpython 142006: no fold leaves a line that is empty or blank") {
    for (auto const& text : hard_texts()) {
        auto mail = minimal();
        mail.subject(text).header("X-Text", text).cc(mime::mailbox{text, "a@example.net"}).attach_data(text, "x");
        auto const octets = rendered(mail);
        for (auto const& header : {octets, refolded(octets)})
            for (auto const& line : lines_of(header_of(header))) {
                CAPTURE(line);
                CHECK(line.find_first_not_of(" \t") != line.npos);
                CHECK(line.size() <= 998);
            }
    }
}

TEST_CASE("cpython 114362: a quoted-string is never folded inside") {
    auto mail = minimal();
    for (std::size_t i = 1; i < 120; ++i)
        mail.cc(mime::mailbox{"Doe, " + repeated("J. ", i) + "end", "someone@example.net"});
    auto const field = field_of(rendered(mail), "Cc");
    bool quoted = false;
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] == '"') quoted = !quoted;
        if (field[i] == '\r') CHECK_FALSE(quoted);
    }
    CHECK(mime::mailboxes(mime::parse_address_list(unfolded(field)).value()) == mail.addresses("Cc"));
}

TEST_CASE("a field begins behind its name, be its first word as long as it may") {
    for (auto const& text : hard_texts()) CHECK_FALSE(field_of(written_subject(text), "Subject").starts_with("\r\n"));
    CHECK(field_of(written_subject(repeated("x", 120)), "Subject") == repeated("x", 120));
    auto mail = minimal();
    mail.message_id(repeated("x", 200) + "@example.net");
    CHECK(field_of(rendered(mail), "Message-ID") == "<" + repeated("x", 200) + "@example.net>");
}

TEST_CASE("charsets go by the names that others know") {
    auto mail = minimal();
    mail.add_header("Content-Disposition", "attachment", {{"filename", mime::charset_triple{"gb2312", "", "报告"}}});
    mail.set_payload("測試", "big5");
    auto const octets = rendered(mail);
    CHECK(octets.find("filename*=gb2312''%B1%A8%B8%E6") != std::string::npos);
    CHECK(octets.find("charset=big5") != std::string::npos);
}

TEST_CASE("what was folded anew once is folded so again") {
    for (auto const& text : hard_texts()) {
        auto const once = refolded(written_subject(text));
        CHECK(refolded(once) == once);
        CHECK(mime::message_from_bytes(once).get("Subject") ==
              mime::message_from_bytes(written_subject(text)).get("Subject"));
    }
}
