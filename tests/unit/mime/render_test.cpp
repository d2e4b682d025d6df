#include <postrider/codec/base64.hpp>
#include <postrider/codec/quoted_printable.hpp>
#include <postrider/mime/kinds.hpp>

#include "support.hpp"

using namespace postrider;

namespace {

/// The types of a message and its parts, in order, containers with their parts in braces.
std::string structure(std::string_view octets) {
    std::string out;
    std::vector<std::string> open;
    while (!octets.empty()) {
        auto end = octets.find("\r\n");
        auto line = octets.substr(0, end);
        octets.remove_prefix(end == octets.npos ? octets.size() : end + 2);
        if (line.starts_with("Content-Type: ")) {
            auto type = std::string(line.substr(14, line.find(';') - 14));
            out += (out.empty() || out.ends_with("{ ") ? "" : ", ") + type;
            if (type.starts_with("multipart/")) out += " { ";
        }
        if (line.starts_with("--=_") && line.ends_with("--")) out += " }";
    }
    return out;
}

std::string text_body(std::string text) {
    auto mail = minimal();
    mail.text(std::move(text));
    return std::string(body_of(rendered(mail)));
}

std::string encoding_of_text(std::string text) {
    auto mail = minimal();
    mail.text(std::move(text));
    return field_of(rendered(mail), "Content-Transfer-Encoding");
}

}  // namespace

TEST_CASE("the structure follows from what is there") {
    auto mail = minimal();
    CHECK(structure(rendered(mail)) == "text/plain");
    mail.text("t");
    CHECK(structure(rendered(mail)) == "text/plain");
    mail.html("h");
    CHECK(structure(rendered(mail)) == "multipart/alternative { text/plain, text/html }");
    mail.inline_data("image1", "GIF89a");
    CHECK(structure(rendered(mail)) ==
          "multipart/related { multipart/alternative { text/plain, text/html }, image/gif }");
    mail.attach_data("a.pdf", "x").attach(mime::text("note"));
    CHECK(structure(rendered(mail)) ==
          "multipart/mixed { multipart/related { multipart/alternative { text/plain, text/html }, image/gif }, "
          "application/pdf, text/plain }");

    auto html = minimal();
    html.html("h").inline_data("i", "GIF89a");
    CHECK(structure(rendered(html)) == "multipart/related { text/html, image/gif }");
    auto files = minimal();
    files.attach_data("a.zip", "x");
    CHECK(structure(rendered(files)) == "multipart/mixed { application/zip }");
    auto strays = minimal();
    strays.text("t").inline_data("i", "GIF89a");
    CHECK(structure(rendered(strays)) == "multipart/mixed { text/plain, image/gif }");
    auto mixture = mime::multipart("mixed", {mime::text("part")});
    mixture.from("a@b").text("first").attach_data("a.zip", "x");
    CHECK(structure(rendered(mixture)) == "multipart/mixed { text/plain, text/plain, application/zip }");
    auto nothing = mime::multipart();
    nothing.from("a@b");
    CHECK(structure(rendered(nothing)) == "multipart/mixed {  }");
}

TEST_CASE("an inline part is found by its cid") {
    auto mail = minimal();
    mail.html("<img src=cid:a>").inline_data("a", "GIF89a", "", "/home/me/dot.gif").inline_data("<b>", "GIF89a");
    auto octets = rendered(mail);
    CHECK(octets.find("Content-Disposition: inline; filename=dot.gif\r\nContent-ID: <a>\r\n") != octets.npos);
    CHECK(octets.find("Content-ID: <b>\r\n") != octets.npos);
    CHECK(octets.find("multipart/related; type=\"text/html\"") != octets.npos);
}

TEST_CASE("an attached file has the name, not the path, and the type that its name or its octets tell") {
    fixed_host host;
    host.files["/home/me/报告.PDF"] = "%PDF-1.4";
    host.files["/home/me/picture"] = "\x89PNG\r\n\x1a\n...";
    host.files["/home/me/notes.txt"] = "纯文本\n";
    auto mail = minimal();
    mail.attach_file("/home/me/报告.PDF", {}, host).attach_file("/home/me/picture", {}, host);
    mail.attach_file("/home/me/notes.txt", {}, host).attach_file("/home/me/picture", "application/x-own", host);
    auto octets = rendered(mail);
    CHECK(octets.find("Content-Type: application/pdf\r\nContent-Disposition: attachment;"
                      " filename*=utf-8''%E6%8A%A5%E5%91%8A.PDF\r\n") != octets.npos);
    CHECK(octets.find("Content-Type: image/png\r\nContent-Disposition: attachment; filename=picture\r\n") !=
          octets.npos);
    CHECK(octets.find("Content-Type: text/plain; charset=utf-8\r\n") != octets.npos);
    CHECK(octets.find("Content-Type: application/x-own\r\n") != octets.npos);
    CHECK(octets.find("/home/me") == octets.npos);
    CHECK(octets.find(codec::encode_base64_lines("纯文本\n")) != octets.npos);
}

TEST_CASE("the transfer encoding follows from the text") {
    CHECK(encoding_of_text("") == "7bit");
    CHECK(encoding_of_text("plain\n.\n..\nends in blanks  \n") == "7bit");
    CHECK(encoding_of_text("mostly plain text with one é in it\n") == "quoted-printable");
    CHECK(encoding_of_text("纯文本，没有什么别的。\n") == "base64");
    CHECK(encoding_of_text(std::string(998, 'x')) == "7bit");
    CHECK(encoding_of_text(std::string(999, 'x')) == "quoted-printable");
    CHECK(encoding_of_text("a\nFrom here\n") == "quoted-printable");
    CHECK(encoding_of_text(std::string("nul\0", 4)) == "quoted-printable");
    CHECK(text_body("mostly plain text with one é in it\n") == "mostly plain text with one =C3=A9 in it\r\n");
}

TEST_CASE("every line end is CRLF, whatever it was") {
    CHECK(text_body("a\nb\rc\r\nd\n\re") == "a\r\nb\r\nc\r\nd\r\n\r\ne\r\n");
    auto mail = minimal();
    mail.text("readable: é\nü\r");
    CHECK(codec::decode_quoted_printable(body_of(rendered(mail))).octets == "readable: é\r\nü\r\n");
    mail.text("纯\n文\r本本本本本本本\r\n");
    CHECK(codec::decode_base64_leniently(body_of(rendered(mail))).octets == "纯\r\n文\r\n本本本本本本本\r\n");
}

TEST_CASE("no line of a rendered message ends otherwise than with CRLF, and none is too long") {
    auto mail = minimal();
    mail.subject(repeated("long ", 100) + "é").text(repeated("x", 5000)).html("<p>é\n</p>");
    mail.attach_data("a.bin", std::string(100'000, '\n')).attach_data("b.eml", "Subject: x\n\nbody");
    auto octets = rendered(mail);
    CHECK(longest_line(octets) <= 998);
    CHECK(octets.ends_with("\r\n"));
    for (std::size_t i = 0; i < octets.size(); ++i) {
        if (octets[i] == '\n') REQUIRE(octets[i - 1] == '\r');
        if (octets[i] == '\r') REQUIRE(octets[i + 1] == '\n');
    }
}

TEST_CASE("text in a multipart arrives exactly, with or without a final line end") {
    for (std::string text : {"", "a", "a\r\n", "a\r\n\r\n", "\r\n"}) {
        auto mail = mime::multipart("mixed", {mime::text(text)});
        mail.from("a@b");
        auto octets = rendered(mail);
        auto begin = octets.find("7bit\r\n\r\n") + 8;
        CHECK(octets.substr(begin, octets.find("\r\n--=_", begin) - begin) == text);
    }
}

TEST_CASE("the size is known before an octet moves") {
    auto mail = minimal();
    mail.text("x").attach_data("big.bin", std::string(3 << 20, 'x')).attach_data("small.bin", std::string(20'000, 'y'));
    fixed_host host;
    auto wire = mime::render(mail, {.host = &host});
    CHECK(wire.size() == wire.str().value().size());
    CHECK(wire.message_id() == "<00000000000000000000000000000000@example.com>");
    CHECK_FALSE(wire.has_8bit());
    CHECK_FALSE(wire.needs_smtputf8());
}

TEST_CASE("an address beyond ASCII stays as it is, and the wire says what it needs") {
    mime::message mail;
    mail.from("用户 <用户@例子.广告>").to("b@example.net");
    fixed_host host;
    auto wire = mime::render(mail, {.host = &host});
    CHECK(wire.needs_smtputf8());
    CHECK(field_of(wire.str().value(), "From") == "=?utf-8?b?55So5oi3?= <用户@例子.广告>");
    CHECK(wire.message_id().ends_with("@host.example>"));
}

TEST_CASE("rendering leaves the message as it was and can be repeated") {
    auto mail = minimal();
    mail.text("x").html("y").attach_data("z", "z");
    CHECK(rendered(mail) == rendered(mail));
    CHECK(mime::render(mail).message_id() != mime::render(mail).message_id());
}

TEST_CASE("a multipart around 8bit content says so") {
    auto part = mime::text("é\n");
    mime::encode_7or8bit(part);
    auto mail = mime::multipart("mixed", {part});
    mail.from("a@b");
    auto octets = rendered(mail);
    CHECK(field_of(octets, "Content-Transfer-Encoding") == "8bit");
}
