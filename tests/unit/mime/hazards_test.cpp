#include <postrider/codec/base64.hpp>
#include <postrider/codec/quoted_printable.hpp>
#include <postrider/core/digest.hpp>
#include <postrider/mime/envelope.hpp>
#include <postrider/mime/kinds.hpp>

#include "support.hpp"

/// Section D of the catalogue, and what else composing meets of it.
using namespace postrider;

TEST_CASE("hazard 62: a line end in an address is refused before anything is made of it") {
    mime::message mail;
    for (auto text : {"a@b\r\nRCPT TO:<x@y>", "a@b\n", "\ra@b", "\"a\r\nb\"@c", "Ann\n <a@b>", "a@[b\r\n]", "(\n) a@b"})
        CHECK(thrown([&] { mail.to(text); }) == mime::errc::control_character);
    CHECK(thrown([&] { mail.to(mime::mailbox{"", "a@b>\r\nX"}); }) == mime::errc::control_character);
    CHECK(thrown([&] { mail.to(std::string("a\0@b", 4)); }) == mime::errc::control_character);
    CHECK_FALSE(mail.contains("To"));
}

TEST_CASE("hazard 84: a body line longer than 998 octets is re-encoded, never cut") {
    for (std::string text : {repeated("x", 999), repeated("x", 100'000) + "\nshort\n", repeated("é", 5000)}) {
        auto mail = minimal();
        mail.text(text);
        auto octets = rendered(mail);
        CHECK(longest_line(octets) <= 78);
        auto body = body_of(octets);
        auto back = field_of(octets, "Content-Transfer-Encoding") == "base64"
                        ? codec::decode_base64_leniently(body).octets
                        : codec::decode_quoted_printable(body).octets;
        auto canonical = text;
        if (auto lf = canonical.find('\n'); lf != canonical.npos) canonical.replace(lf, 1, "\r\n");
        CHECK(back.substr(0, canonical.size() - 2) == canonical.substr(0, canonical.size() - 2));
    }
}

TEST_CASE("hazard 122: a control character in any name or value is an error, never a header") {
    for (int c = 0; c < 128; ++c) {
        if ((c >= 32 && c < 127) || c == '\t') continue;
        std::string const evil = std::string("a") + static_cast<char>(c) + "Bcc: x@y";
        auto mail = minimal();
        INFO(c);
        auto code = mime::errc::control_character;
        CHECK(thrown([&] { mail.subject(evil); }) == code);
        CHECK(thrown([&] { mail.header("X-Name", evil); }) == code);
        CHECK(thrown([&] { mail["List-Unsubscribe"] = evil; }) == code);
        CHECK(thrown([&] { mail["Content-Type"] = "text/plain; x=" + evil; }) == code);
        CHECK(thrown([&] { mail.replace_header("Comments", evil); }) == code);
        CHECK(thrown([&] { mail.header(evil, "v"); }) == mime::errc::bad_field_name);
        CHECK(thrown([&] { mail.add_header("Content-Disposition", "attachment", {{"filename", evil}}); }) == code);
        CHECK(thrown([&] {
                  mail.add_header("Content-Disposition", "attachment", {{evil, "v"}});
              }) == mime::errc::bad_field_body);
        CHECK(thrown([&] { mail.message_id(evil); }) == code);
        CHECK(thrown([&] { mail.attach_data(evil, "x"); }) == code);
        CHECK(thrown([&] { mail.inline_data(evil, "x"); }) == code);
        CHECK(thrown([&] { mail.to(mime::mailbox{evil, "a@b"}); }) == code);
        CHECK(thrown([&] { mime::base("text", evil); }) == mime::errc::bad_field_body);
        CHECK(rendered(mail).find("Bcc") == std::string::npos);
    }
}

TEST_CASE("hazard 123: display names with quotes, commas, backslashes and encoded-word look-alikes round-trip") {
    for (std::string name : {"Doe, Ann", "\"quoted\"", "back\\slash", "\\\"", "=?utf-8?q?evil?=", "a =?x?= b", "<x@y>",
                             "a@b", "(c)", "a;b:c", "测试, \"x\"", "dot.", " leading", "trailing ", "two  blanks", "'",
                             "=?utf-8?b?PGE+?= <b@c>,", "\xf0\x9f\x98\x80"}) {
        auto mail = minimal();
        mail.cc(mime::mailbox{name, "c@d"}).cc(mime::mailbox{name, "e@f"});
        auto field = unfolded(field_of(rendered(mail), "Cc"));
        INFO(field);
        auto back = mime::parse_address_list(field);
        REQUIRE(back.has_value());
        CHECK(mime::mailboxes(*back) == std::vector<mime::mailbox>{{name, "c@d"}, {name, "e@f"}});
        auto quote = field.find('"');
        auto word = field.find("=?");
        CHECK((word == field.npos || quote == field.npos));
    }
}

TEST_CASE("hazard 124: a boundary is never in a part, not even by the worst of luck") {
    // The draws of the fixed host: 0 for the Message-ID, 1 for the first boundary.
    auto tag = to_hex(std::string(16, '\1'));
    auto mail = minimal();
    mail.text("--=_1." + tag + "\n").html("--=_2." + tag + "--\n");
    auto octets = rendered(mail);
    auto field = field_of(octets, "Content-Type");
    auto quote = field.find('"');
    auto boundary = field.substr(quote + 1, field.rfind('"') - quote - 1);
    CHECK(boundary != "=_1." + tag);
    std::size_t lines = 0;
    for (auto at = octets.find("\r\n--" + boundary); at != octets.npos; at = octets.find("\r\n--" + boundary, at + 1))
        ++lines;
    CHECK(lines == 3);
    CHECK(octets.find("--=_1." + tag + "\r\n") != octets.npos);
}

TEST_CASE(
    "hazard 125: lines that begin with From or a dot, blanks at the end and no final line end arrive as they were") {
    for (std::string text : {"From me\r\n", "a\r\nFrom me\r\nb\r\n", ">From\r\n", ".\r\n", "..\r\n.a\r\n",
                             "blanks  \r\n\t\r\n", "no final line end", "\r\n\r\n\r\n", "é From\r\nFrom é\r\n.\r\n",
                             "mostly readable é From\r\nFrom é\r\n.\r\n"}) {
        for (bool alone : {true, false}) {
            auto mail = minimal();
            mail.text(text);
            if (!alone) mail.attach_data("x.bin", "x");
            auto octets = rendered(mail);
            auto part = alone ? octets : octets.substr(octets.find("\r\n--") + 4);
            auto body = std::string(body_of(part));
            if (!alone) body = body.substr(0, body.find("\r\n--=_"));
            if (part.find("quoted-printable") < part.find("\r\n\r\n")) {
                CHECK(("\r\n" + body).find("\r\nFrom ") == std::string::npos);
                body = codec::decode_quoted_printable(body).octets;
            } else if (part.find("base64") < part.find("\r\n\r\n")) {
                body = codec::decode_base64_leniently(body).octets;
            }
            INFO(text);
            // Alone, what travels unencoded gets the line end that a message has to end with.
            if (alone && !text.ends_with("\r\n"))
                CHECK(body == text + "\r\n");
            else
                CHECK(body == text);
        }
    }
}

TEST_CASE("hazard 126: Bcc is in the envelope and never in what is sent") {
    auto mail = minimal();
    mail.bcc("Secret <hidden@example.org>").bcc("other@example.org");
    mail["Resent-Bcc"] = "third@example.org";
    mail["bCc-Like"] = "stays";
    auto octets = rendered(mail);
    for (auto word : {"hidden@", "other@", "third@", "Secret", "\r\nBcc:", "Resent-Bcc"})
        CHECK(octets.find(word) == octets.npos);
    CHECK(field_of(octets, "bCc-Like") == "stays");
    CHECK(mime::envelope_of(mail).forward_paths.size() == 3);
    CHECK(mail.addresses("Bcc").size() == 2);
    fixed_host host;
    auto kept = mime::render(mail, {.host = &host, .keep_bcc = true}).str().value();
    CHECK(field_of(kept, "Bcc") == "Secret <hidden@example.org>, other@example.org");
}

TEST_CASE("hazard 130: a local-part beyond ASCII is never encoded; the wire says that it needs SMTPUTF8") {
    mime::message mail;
    mail.from("a@example.com").to("José <josé@example.net>");
    fixed_host host;
    auto wire = mime::render(mail, {.host = &host});
    CHECK(wire.needs_smtputf8());
    CHECK(field_of(wire.str().value(), "To") == "=?utf-8?q?Jos=C3=A9?= <josé@example.net>");
    CHECK(mime::envelope_of(mail).forward_paths.front() == "josé@example.net");
    mail.del("To").to("jose@example.net").bcc("josé@example.net");
    CHECK_FALSE(mime::render(mail, {.host = &host}).needs_smtputf8());
}

TEST_CASE("hazard 127: no path in a message's text makes a file be read, and a file's path is not told") {
    struct watchful_host final : fixed_host {
        mutable int opened = 0;
        postrider::result<octet_source_ptr> open(std::filesystem::path const& path) const override {
            ++opened;
            return system_host().open(path);
        }
    } host;
    auto mail = minimal();
    mail.subject("/etc/passwd").text("file:///etc/passwd\n");
    mail.html("<img src='/etc/passwd'><img src='file:///etc/passwd'><img src='cid:/etc/passwd'>");
    mail.header("X-Attachment", "/etc/passwd").attach_data("/etc/passwd", "octets of the caller's own");
    auto octets = mime::render(mail, {.host = &host}).str().value();
    CHECK(host.opened == 0);
    CHECK(octets.find("filename=passwd") != octets.npos);
    CHECK(octets.find("root:") == octets.npos);
    CHECK(thrown([&] { mail.attach_file("/no/such/file", {}, host); }) == mime::errc::unreadable_file);
    CHECK(host.opened == 1);
}
