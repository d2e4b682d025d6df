#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/kinds.hpp>

#include "../support.hpp"
#include "corpus.hpp"
#include "structure.hpp"

/// RFC 1847 §2.1: whatever happens around it, what is signed keeps its octets.
using namespace postrider;
using mime::policy;

namespace {

constexpr char const* signed_part =
    "Content-Type: text/plain;\r\n"
    "\tcharset=utf-8\r\n"
    "Content-Transfer-Encoding: 8bit\r\n"
    "Subject:  odd   folds, caf\xC3\xA9, and a line that is longer than seventy-eight octets to tempt a folder\r\n"
    "no field at all\r\n"
    "\r\n"
    "caf\xC3\xA9 and trailing blanks  \r\n";

std::string signed_message() {
    return std::string(
               "Subject: caf\xC3\xA9\r\n"
               "Content-Type: multipart/signed; protocol=\"application/pgp-signature\";\r\n"
               "\tmicalg=pgp-sha256; boundary=\"sig ned\"\r\n"
               "\r\n"
               "--sig ned\r\n") +
           signed_part +
           "\r\n--sig ned\r\n"
           "Content-Type: application/pgp-signature\r\n"
           "\r\n"
           "signature\r\n"
           "--sig ned--\r\n";
}

std::string inside(std::string_view type, std::string const& inner) {
    if (type == "message/rfc822") return "Content-Type: message/rfc822\r\n\r\n" + inner;
    return "Subject: outer caf\xC3\xA9\r\nContent-Type: multipart/mixed; "
           "boundary=o\r\n\r\n--o\r\n\r\nfirst\r\n--o\r\n" +
           inner + "\r\n--o--\r\n";
}

std::vector<mime::policy> const& policies() {
    static std::vector<mime::policy> const all = [] {
        std::vector<mime::policy> found;
        for (auto const& base : {policy::smtp, policy::smtputf8, policy::http})
            for (auto refold : {policy::refold::none, policy::refold::long_lines, policy::refold::all})
                for (auto transfer : {policy::transfer::eight_bit, policy::transfer::seven_bit})
                    found.push_back(base.with_refold_source(refold).with_cte_type(transfer));
        return found;
    }();
    return all;
}

bool holds_signed_part(std::string const& octets) {
    return octets.find(std::string("\r\n") + signed_part + "\r\n--") != std::string::npos;
}

void keeps_signed_part(mime::message const& mail) {
    for (auto const& how : policies()) CHECK(holds_signed_part(mail.as_bytes(how)));
    CHECK(holds_signed_part(mime::render(mail).str().value()));
}

}  // namespace

TEST_CASE("what is signed is neither folded nor encoded anew, by any policy, at any depth") {
    for (auto const& octets :
         {signed_message(), inside("multipart/mixed", signed_message()), inside("message/rfc822", signed_message()),
          inside("message/rfc822", inside("multipart/mixed", signed_message()))})
        keeps_signed_part(mime::message_from_bytes(octets));
}

TEST_CASE("what is signed stays when its surroundings change") {
    auto mail = mime::message_from_bytes(inside("multipart/mixed", signed_message()));
    mail.replace_header("Subject", "changed");
    keeps_signed_part(mail);
    mail.get_payload(0)->set_payload("changed, é\r\n");
    keeps_signed_part(mail);
    mail.add_attachment("more");
    keeps_signed_part(mail);
    mail.set_boundary("another");
    keeps_signed_part(mail);
    mail.get_payload(1)->replace_header("Subject", "the signed part's neighbour");
    keeps_signed_part(mail);
}

TEST_CASE("what is signed stays when it moves into a multipart that is made around it") {
    auto mail = mime::message_from_bytes(signed_message());
    mail.add_attachment("more");
    CHECK(structure(mail) ==
          "multipart/mixed(multipart/signed(text/plain application/pgp-signature) "
          "text/plain;attachment)");
    keeps_signed_part(mail);
    CHECK(mail.get_payload(0)->get_boundary() == "sig ned");
}

TEST_CASE("what is signed stays when it is enclosed or attached to what is composed") {
    auto const whole = mime::message_from_bytes(signed_message());
    auto mail = minimal();
    mail.text("see below").attach(mime::rfc822(whole));
    keeps_signed_part(mail);
    auto other = minimal();
    other.set_content("x").add_attachment(whole);
    keeps_signed_part(other);
    auto composed = mime::multipart("signed", {*whole.get_payload(0), *whole.get_payload(1)},
                                    {{"protocol", "application/pgp-signature"}});
    composed.from("a@b");
    keeps_signed_part(composed);
}

TEST_CASE("a boundary that clashes is changed around what is signed, and not inside it") {
    auto mail = mime::message_from_bytes(inside("multipart/mixed", signed_message()));
    mail.get_payload(0)->set_payload("--o\r\n--sig ned\r\n");
    keeps_signed_part(mail);
    CHECK(structure(mime::message_from_bytes(mail.as_bytes())) == structure(mail));
}
