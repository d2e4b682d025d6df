#include <doctest/doctest.h>

#include "signed_mail.hpp"

using namespace postrider;
using dkim::canonicalization;

namespace {

dkim::signer signer_with(canonicalization both) {
    auto options = own_options();
    options.header = options.body = both;
    return own_signer(options);
}

/// Which octets of the message may become `other` without breaking its signature, each as its offset.
std::vector<std::size_t> unnoticed(std::string const& mail, char other) {
    std::vector<std::size_t> places;
    std::string changed = mail;
    for (std::size_t at = 0; at < mail.size(); ++at) {
        if (mail[at] == other) continue;
        changed[at] = other;
        auto const found = checked(changed);
        if (found.passed("example.com")) places.push_back(at);
        changed[at] = mail[at];
    }
    return places;
}

}  // namespace

TEST_CASE("simple form: no octet of the message or of its signature may change") {
    std::string const mail = signed_octets(letter(), signer_with(canonicalization::simple));
    REQUIRE(verdict_on(mail) == "pass");
    for (char const other : {'x', ';', ':', '\0', '\xff', '\n'}) {
        for (std::size_t const at : unnoticed(mail, other)) {
            CAPTURE(at);
            CAPTURE(static_cast<int>(other));
            CAPTURE(mail.substr(at > 20 ? at - 20 : 0, 40));
            // The CR of the last line end: one more empty line at the end.
            CHECK((other == '\n' && at == mail.size() - 2));
        }
    }
}

TEST_CASE("relaxed form: only blanks among blanks and the case of field names may change") {
    std::string const mail = signed_octets(letter(), signer_with(canonicalization::relaxed));
    REQUIRE(verdict_on(mail) == "pass");
    for (char const other : {'x', ';', ':', '\0', '\xff'}) CHECK(unnoticed(mail, other).empty());
    for (char const blank : {' ', '\t'}) {
        for (std::size_t const at : unnoticed(mail, blank)) {
            CAPTURE(mail.substr(at > 20 ? at - 20 : 0, 40));
            // A line end's CR too: a blank in front of an LF, which is a line end still.
            CHECK((mail[at] == ' ' || mail[at] == '\t' || mail[at] == '\r'));
        }
    }
}

TEST_CASE("any octet added or taken away is noticed") {
    for (auto const how : {canonicalization::simple, canonicalization::relaxed}) {
        std::string const mail = signed_octets(letter(), signer_with(how));
        for (std::size_t at = 0; at <= mail.size(); ++at) {
            std::string longer = mail;
            longer.insert(at, 1, 'x');
            CAPTURE(mail.substr(at > 20 ? at - 20 : 0, 40));
            CHECK_FALSE(checked(longer).passed("example.com"));
        }
        for (std::size_t at = 0; at < mail.size(); ++at) {
            if (std::string_view(" \t\r").find(mail[at]) != std::string_view::npos) continue;
            std::string shorter = mail;
            shorter.erase(at, 1);
            CAPTURE(mail.substr(at > 20 ? at - 20 : 0, 40));
            CHECK_FALSE(checked(shorter).passed("example.com"));
        }
    }
}

TEST_CASE("relaxed form bears what servers do to blanks") {
    std::string mail = signed_octets(letter(), signer_with(canonicalization::relaxed));
    auto const replace = [&](std::string_view what, std::string_view with) {
        mail.replace(mail.find(what), what.size(), with);
    };
    replace("Subject: greetings", "SUBJECT:   greetings  ");
    replace("\r\n Cat", " Cat");
    replace("Dear  Ben,", "Dear Ben, \t");
    mail += "\r\n \r\n\r\n";
    CHECK(verdict_on(mail) == "pass");
}
