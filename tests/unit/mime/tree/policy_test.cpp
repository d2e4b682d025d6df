#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/kinds.hpp>

#include "../support.hpp"
#include "corpus.hpp"
#include "structure.hpp"

using namespace postrider;
using mime::policy;

namespace {

mime::message composed() {
    mime::message mail;
    mail.from("\"Müller, Jörg\" <joerg@example.com>").to("Ann <ann@example.net>");
    mail.subject("Grüße, and " + repeated("many words ", 12) + "and the end");
    mail["References"] = repeated("<0123456789@example.com> ", 6) + "<last@example.com>";
    mail.text("Grüße\n").attach_data("Grüße.txt", "octets");
    return mail;
}

std::size_t longest_header_line(std::string octets) {
    return longest_line(header_of(with_line_ends(octets, "\r\n")));
}

void says_the_same(mime::message const& a, mime::message const& b) {
    CHECK(structure(a) == structure(b));
    for (auto const* name : {"Subject", "From", "To", "References"}) CHECK(a[name] == b[name]);
    auto const parts = a.walk(), others = b.walk();
    REQUIRE(parts.size() == others.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        CHECK(parts[i].get_filename() == others[i].get_filename());
        CHECK(with_line_ends(parts[i].get_content(), "\n") == with_line_ends(others[i].get_content(), "\n"));
    }
}

constexpr char const* eight_bit =
    "Subject: caf\xC3\xA9\n"
    "Content-Type: multipart/mixed; boundary=b\n"
    "Content-Transfer-Encoding: 8bit\n"
    "\n"
    "--b\n"
    "Content-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "X-Odd:  kept\n"
    "\n"
    "caf\xC3\xA9\n"
    "--b\n"
    "Content-Type: application/octet-stream\n"
    "Content-Transfer-Encoding: binary\n"
    "\n"
    "\xFF\n"
    "--b\n"
    "Subject:  plain\n"
    "\n"
    "ASCII\n"
    "--b--\n";

}  // namespace

TEST_CASE("a policy is a value: changed copies, and sums") {
    constexpr auto mine = policy::smtp.with_max_line_length(60).with_utf8(true);
    static_assert(mine.linesep == policy::line_ends::crlf && mine.max_line_length == 60 && mine.utf8);
    static_assert(policy::smtp.max_line_length == 78 && !policy::smtp.utf8);
    CHECK((policy::smtp + policy::strict) == policy::smtp.with_raise_on_defect(true));
    CHECK((mine + policy::default_) == mine);
    CHECK((policy::default_ + policy::http) == policy::http);
    CHECK(policy::compat32 == policy::default_.with_mangle_from_(true));
}

TEST_CASE("a message keeps the policy that it was read with, and so do its parts") {
    auto const mail = mime::message_from_bytes(eight_bit, policy::smtp);
    for (auto const& part : mail.walk()) CHECK(part.policy() == policy::smtp);
    CHECK(mail.as_bytes() == with_line_ends(eight_bit, "\r\n"));
    CHECK(mail.as_bytes(policy::default_) == eight_bit);
    mime::message outer;
    outer.set_content(mail).make_mixed().set_policy(policy::http);
    for (auto const& part : outer.walk()) CHECK(part.policy() == policy::http);
    CHECK(mail.policy() == policy::smtp);
}

TEST_CASE("what is composed has LF by default, and CRLF for a server") {
    auto const mail = composed();
    fixed_host host, same;
    auto const lf = mail.as_bytes(policy::default_, {}, host);
    CHECK(lf.find('\r') == std::string::npos);
    CHECK(mail.as_bytes(policy::smtp, {}, same) == with_line_ends(lf, "\r\n"));
}

TEST_CASE("with UTF-8 in fields nothing in them is encoded, and it reads the same") {
    auto const mail = composed();
    auto const octets = mail.as_bytes(policy::smtputf8);
    CHECK(octets.find("\r\nSubject: Grüße, and many") != std::string::npos);
    CHECK(octets.find("From: \"Müller, Jörg\" <joerg@example.com>\r\n") != std::string::npos);
    CHECK(octets.find("filename=\"Grüße.txt\"") != std::string::npos);
    CHECK(header_of(octets).find("=?") == std::string_view::npos);
    CHECK(longest_header_line(octets) <= 78);
    says_the_same(mime::message_from_bytes(octets), mail);
    mime::message plain;
    plain.to(mime::mailbox{"Jörg Müller", "a@b"}).subject("=?utf-8?q?no_word?=");
    auto const written = plain.as_bytes(policy::smtputf8);
    CHECK(written.find("To: Jörg Müller <a@b>\r\n") != std::string::npos);
    CHECK(mime::message_from_bytes(written).get("Subject") == "=?utf-8?q?no_word?=");
}

TEST_CASE("folds keep to the length that is asked for") {
    auto const mail = composed();
    for (std::size_t octets : {50, 60, 78, 120, 300}) {
        CAPTURE(octets);
        auto const written = mail.as_bytes(policy::default_.with_max_line_length(octets));
        CHECK(longest_header_line(written) <= octets);
        CHECK(longest_header_line(written) + 40 > std::min<std::size_t>(octets, 120));
        says_the_same(mime::message_from_bytes(written), mail);
    }
    says_the_same(mime::message_from_bytes(mail.as_bytes(policy::default_.with_max_line_length(1))), mail);
    CHECK(longest_header_line(mail.as_bytes(policy::default_.with_max_line_length(100'000))) <= 998);
}

TEST_CASE("for HTTP no field is folded") {
    mime::message mail = composed();
    mail.header("X-Long", repeated("é ", 200)).attach_data(repeated("长", 60) + ".pdf", "x");
    auto const octets = mail.as_bytes(policy::http);
    for (std::string_view header = header_of(octets); !header.empty();) {
        auto const end = header.find("\r\n");
        CHECK(header.front() != ' ');
        header.remove_prefix(end + 2);
    }
    says_the_same(mime::message_from_bytes(octets), mail);
}

TEST_CASE("parsed fields are folded anew where that is asked for, and nowhere else") {
    std::string const octets =
        "X-Short:  as\n it stands\n"
        "Subject: a line that is longer than seventy-eight octets, which nobody should write, yet some do\n"
        "To: Ann\n <ann@example.net>,\n bob@example.net\n"
        "\n"
        "body\n";
    auto const mail = mime::message_from_bytes(octets);
    CHECK(mail.as_bytes() == octets);
    CHECK(mail.as_bytes(policy::default_.with_refold_source(policy::refold::long_lines)) ==
          "X-Short:  as\n it stands\n"
          "Subject: a line that is longer than seventy-eight octets, which nobody should\n write, yet some do\n"
          "To: Ann\n <ann@example.net>,\n bob@example.net\n"
          "\n"
          "body\n");
    auto const all = mail.as_bytes(policy::default_.with_refold_source(policy::refold::all));
    CHECK(all.find("\nTo: Ann <ann@example.net>, bob@example.net\n") != std::string::npos);
    says_the_same(mime::message_from_bytes(all), mail);
}

TEST_CASE("seven bits: what is beyond ASCII is encoded, here and below, and the rest keeps its octets") {
    auto const mail = mime::message_from_bytes(eight_bit);
    CHECK(mail.as_bytes() == eight_bit);
    auto const octets = mail.as_string();
    CHECK(codec::is_ascii(octets));
    CHECK(octets.find("Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: 7bit\n\n--b\n") !=
          std::string::npos);
    CHECK(octets.find("X-Odd:  kept\n") != std::string::npos);
    CHECK(octets.ends_with("--b\nSubject:  plain\n\nASCII\n--b--\n"));
    auto const read = mime::message_from_bytes(octets);
    CHECK(read.get("Subject") == "café");
    CHECK(read.get_payload(0)->get_content() == "café");
    CHECK(read.get_payload(1)->get_content() == "\xFF");
}

TEST_CASE("seven bits: what was composed or enclosed to travel in eight is encoded, too") {
    mime::message inner;
    inner["Subject"] = "inner";
    inner.set_content("café\n", "plain", {.cte = "8bit"});
    mime::message mail;
    mail.set_content("é\n", "plain", {.cte = "8bit"});
    mail.add_attachment(inner);
    mail.attach_data("message.eml", "Subject: as octets\r\n\r\ncaf\xC3\xA9\r\n", "message/rfc822");
    mail.add_attachment("é\r\n", "application", "x-text", mime::content_options{.cte = "8bit"});
    CHECK(mail.as_bytes().find("Content-Transfer-Encoding: 8bit") != std::string::npos);
    auto const octets = mail.as_string();
    CHECK(codec::is_ascii(octets));
    CHECK(octets.find("8bit") == std::string::npos);
    auto const read = mime::message_from_bytes(octets);
    REQUIRE(structure(read) ==
            "multipart/mixed(text/plain message/rfc822;attachment(text/plain) message/rfc822;attachment(text/plain) "
            "application/x-text;attachment)");
    CHECK(read.get_payload(0)->get_content() == "é\n");
    CHECK(read.get_payload(1)->get_payload(0)->get_content() == "café\n");
    CHECK(read.get_payload(2)->get_payload(0)->get_content() == "café\n");
    CHECK(read.get_payload(3)->get_content() == "é\r\n");
}

TEST_CASE("every message of the corpus as text says what it says in octets") {
    for (auto const& sample : corpus()) {
        auto const& octets = sample.octets;
        CAPTURE(sample.name);
        auto const mail = mime::message_from_bytes(octets);
        auto const text = mime::message_from_bytes(mail.as_string());
        CHECK(structure(text) == structure(mail));
        auto const parts = mail.walk(), others = text.walk();
        REQUIRE(parts.size() == others.size());
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (parts[i].is_multipart()) continue;
            CHECK(with_line_ends(parts[i].get_content(), "\n") == with_line_ends(others[i].get_content(), "\n"));
        }
    }
}

TEST_CASE("lines that begin with From are marked for an mbox, in the body alone, and never for a server") {
    std::string const octets = "From: a@b\nFrom c\n\nFrom me\n>From you\nFromage\nx From y\nFrom";
    auto const mail = mime::message_from_bytes(octets);
    CHECK(mail.as_bytes() == octets);
    CHECK(mail.as_bytes(policy::compat32) == "From: a@b\nFrom c\n\n>From me\n>From you\nFromage\nx From y\nFrom");
    CHECK(mime::message_from_bytes("\nFrom me\n").as_bytes(policy::compat32) == "\n>From me\n");
    CHECK(mime::message_from_bytes("\r\nFrom me\r\n\r\nFrom you").as_bytes(policy::compat32) ==
          "\r\n>From me\r\n\r\n>From you");
    auto composed = minimal();
    composed.text("From me\n").set_policy(policy::compat32);
    CHECK(rendered(composed).find(">From") == std::string::npos);
}

TEST_CASE("a strict policy throws at the first defect, and names it") {
    CHECK_NOTHROW(mime::message_from_bytes("Subject: x\n\nbody\n", policy::strict));
    CHECK_NOTHROW(mime::message_from_bytes("no colon\n\nbody\n", policy::default_));
    for (auto const* octets : {"no colon\n\nbody\n", "Content-Type: multipart/mixed\n\nx\n",
                               "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n"})
        CHECK(thrown([&] { mime::message_from_bytes(octets, policy::strict); }) == mime::errc::defective);
}
