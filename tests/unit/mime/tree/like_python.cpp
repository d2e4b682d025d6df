// like_python NAME: the octets of the message that the function of that name in like_python.py builds with Python's
// email; without a name, all names.
#include <functional>
#include <iostream>
#include <map>
#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/kinds.hpp>

using namespace postrider;
using mime::content_options;

namespace {

constexpr char const* original =
    "From: Ann <ann@example.net>\n"
    "Subject: original\n"
    "MIME-Version: 1.0\n"
    "Content-Type: multipart/mixed; boundary=\"b\"\n"
    "\n"
    "preamble\n"
    "--b\n"
    "Content-Type: text/plain; charset=\"iso-8859-1\"; format=flowed\n"
    "Content-Transfer-Encoding: quoted-printable\n"
    "\n"
    "caf=E9\n"
    "--b\n"
    "Content-Type: application/pdf; name=\"a.pdf\"\n"
    "Content-Transfer-Encoding: base64\n"
    "Content-Disposition: attachment; filename=\"a.pdf\"\n"
    "\n"
    "AAEC\n"
    "--b--\n"
    "epilogue\n";

std::string many(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

mime::message with_text() {
    mime::message mail;
    mail["Subject"] = "s";
    mail.set_content("text\n");
    return mail;
}

using builder = std::function<mime::message()>;

std::map<std::string, builder> const& builders() {
    static std::map<std::string, builder> const all{
        {"text", [] { return with_text(); }},
        {"text_beyond_ascii", [] { return mime::message().set_content("Grüße, 报告\r\nzwei\n\n"); }},
        {"text_in_latin_1", [] { return mime::message().set_content("Grüße", "plain", {.charset = "iso-8859-1"}); }},
        {"text_of_long_lines", [] { return mime::message().set_content(many("x", 3000) + "\n" + many("é", 3000)); }},
        {"html_as_base64", [] { return mime::message().set_content("<p>é", "html", {.cte = "base64"}); }},
        {"octets",
         [] {
             return mime::message().set_content(std::string("\0\1\xff\r\n\n", 6), "image", "png",
                                                {.disposition = "inline",
                                                 .filename = "报告 1.png",
                                                 .cid = "<image1>",
                                                 .params = {{"x-param", "a b"}}});
         }},
        {"octets_as_quoted_printable",
         [] {
             return mime::message().set_content("a=b\xff\n\r", "application", "x-thing", {.cte = "quoted-printable"});
         }},
        {"enclosed", [] { return mime::message().set_content(with_text(), {.disposition = "attachment"}); }},
        {"alternative", [] { return with_text().add_alternative("<p>html</p>", "html"); }},
        {"related",
         [] {
             auto mail = with_text();
             mail.add_alternative("<img src='cid:i'>", "html");
             mail.get_payload(1)->add_related("GIF89a", "image", "gif", content_options{.cid = "<i>"});
             return mail;
         }},
        {"attachments",
         [] {
             auto mail = with_text();
             mail.add_attachment("octets", "application", "octet-stream", content_options{.filename = "a b.bin"});
             mail.add_attachment("more text", "plain", content_options{.filename = many("long name ", 12) + "é.txt"});
             return mail.add_attachment(with_text());
         }},
        {"upward",
         [] {
             auto mail = with_text();
             mail.make_related();
             mail.make_alternative();
             mail.make_mixed("given");
             return mail;
         }},
        {"fields",
         [] {
             auto mail = with_text();
             mail["From"] = "\"Doe, Jörg\" <joerg@example.com>";
             mail["To"] = "Ann <ann@example.net>, Us: a@b.example, \"C; é\" <c@d.example>;, e@f.example";
             mail["X-Text"] = many("words and Wörter ", 20) + "end";
             mail["References"] = many("<0123456789@example.com> ", 8) + "<last@example.com>";
             mail["Date"] = "Sat, 21 Nov 2026 06:21:28 +0000";
             return mail;
         }},
        {"parameters",
         [] {
             auto mail = with_text();
             mail.set_param("format", "flowed").set_param("title", "Grüße; \"é\"").set_param("charset", "us-ascii");
             return mail.set_param("gone", "x").del_param("gone").set_type("text/html");
         }},
        {"changed_fields",
         [] {
             auto mail = mime::message_from_bytes(original);
             mail.replace_header("Subject", "Änderung").del("From");
             mail["X-New"] = "new";
             return mail;
         }},
        {"changed_text",
         [] {
             auto mail = mime::message_from_bytes(original);
             mail.get_payload(0)->set_content("neu: é\n");
             return mail;
         }},
        {"changed_structure",
         [] {
             auto mail = mime::message_from_bytes(original);
             mail.get_payload(0)->add_alternative("<p>", "html");
             return mail.add_attachment("x", "text", "csv", content_options{.filename = "x.csv"});
         }},
        {"changed_boundary",
         [] {
             auto mail = mime::message_from_bytes(original);
             return mail.set_boundary("new boundary").set_preamble("new preamble").set_epilogue("new epilogue\n");
         }},
        {"cleared",
         [] {
             auto mail = mime::message_from_bytes(original);
             return mail.clear_content().set_content("only text\n");
         }},
    };
    return all;
}

}  // namespace

int main(int count, char** arguments) {
    if (count == 2) {
        std::cout << builders().at(arguments[1])().as_bytes();
        return 0;
    }
    for (auto const& [name, build] : builders()) std::cout << name << '\n';
    return 0;
}
