#include <doctest/doctest.h>

#include <postrider/codec/base64.hpp>
#include <postrider/core/digest.hpp>
#include <postrider/core/error.hpp>
#include <postrider/core/limits.hpp>

#include "dkim/field_picker.hpp"
#include "dkim/header_hash.hpp"
#include "signed_mail.hpp"

using namespace postrider;

namespace {

constexpr char const* rsa_name = "rsa._domainkey.example.com";
constexpr char const* ed_name = "ed._domainkey.example.com";

/// What becomes of a right signature when DNS has this record for its key.
std::string verdict_with(std::string const& record, char const* selector = "ed", std::string identity = {}) {
    auto options = own_options(selector);
    options.identity = std::move(identity);
    record_table dns;
    dns.add(std::string(selector) + "._domainkey.example.com", record);
    return verdict_on(signed_octets(letter(), own_signer(options)), dns);
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    std::size_t const at = text.find(what);
    REQUIRE(at != text.npos);
    return text.replace(at, what.size(), with);
}

/// Signed by hand, for signatures that no signer of ours makes: `tags` are added, and `covered` is what is hashed.
std::string signed_by_hand(std::string const& tags, std::string_view covered) {
    std::string const mail = letter();
    auto const message = mime::parse(mail);
    auto const fields = dkim::raw_fields(message.root().fields());
    std::string field = "DKIM-Signature: v=1; a=ed25519-sha256; d=example.com; s=ed; h=From; " + tags +
                        "; bh=" + codec::encode_base64(sha256(covered)) + "; b=";
    dkim::field_index const index(fields);
    dkim::field_picker picker(index, nullptr);
    std::string const hash =
        dkim::header_hash(picker, std::vector<std::string>{"From"}, field, dkim::canonicalization::simple);
    return field + codec::encode_base64(ed25519_key().sign(hash)) + "\r\n" + mail;
}

}  // namespace

TEST_CASE("a message without a signature has no verdict") {
    CHECK(checked(letter()).verdicts.empty());
    CHECK(checked("").verdicts.empty());
    CHECK(checked("\r\n\r\n").verdicts.empty());
    CHECK(checked(letter() + "DKIM-Signature: v=1\r\n").verdicts.empty());
}

TEST_CASE("what was changed is told apart: the body, the header") {
    std::string const mail = signed_octets(letter(), own_signer());
    CHECK(verdict_on(replaced(mail, "hello", "jello")) == "fail: the body was changed");
    CHECK(verdict_on(replaced(mail, "greetings", "greetingz")) ==
          "fail: the header was changed, or another key signed it");
}

TEST_CASE("a signature by another key fails") {
    CHECK(verdict_with(to_record(dkim::private_key::make_ed25519())) ==
          "fail: the header was changed, or another key signed it");
}

TEST_CASE("an RSA signature of another length than its key's fails") {
    auto const longer = dkim::private_key::make_rsa(1536).value();
    CHECK(verdict_with(to_record(longer), "rsa") == "fail: the header was changed, or another key signed it");
}

TEST_CASE("no key, a key that was revoked, and a record that is none are permanent errors") {
    std::string const mail = signed_octets(letter(), own_signer());
    CHECK(verdict_on(mail, record_table()) == "permerror: there is no key record");
    CHECK(verdict_with("v=DKIM1; k=ed25519; p=") == "permerror: the key was revoked");
    CHECK(verdict_with("v=spf1 -all") == "permerror: the key record is malformed");
    CHECK(verdict_with("v=DKIM1; k=ed25519; p=AAAA") == "permerror: the key record is malformed");
    CHECK(verdict_with("v=DKIM1; p=AAAA", "rsa") == "permerror: the key record is malformed");
}

TEST_CASE("a failure of DNS is for now, and says so") {
    auto dns = own_records();
    dns.fail(ed_name);
    auto const found = checked(signed_octets(letter(), own_signer()), dns);
    CHECK(told(found.verdicts[0]) == "temperror: DNS failed for now");
    CHECK(found.verdicts[0].reason == condition::transient);
}

TEST_CASE("of several records the one that fits counts") {
    std::string const mail = signed_octets(letter(), own_signer());
    record_table dns;
    dns.add(ed_name, "v=spf1 -all");
    dns.add(ed_name, to_record(dkim::private_key::make_ed25519()));
    dns.add(ed_name, to_record(ed25519_key()));
    CHECK(verdict_on(mail, dns) == "pass");

    record_table hidden;
    for (std::size_t i = 0; i < limits::dkim_key_records; ++i) hidden.add(ed_name, "v=spf1 -all");
    hidden.add(ed_name, to_record(ed25519_key()));
    CHECK(verdict_on(mail, hidden) == "permerror: the key record is malformed");
}

TEST_CASE("a record that says which uses its key has is obeyed") {
    std::string const record = to_record(ed25519_key());
    CHECK(verdict_with(record + "; h=sha256:sha1") == "pass");
    CHECK(verdict_with(record + "; h=sha1") == "permerror: the key is not for this hash");
    CHECK(verdict_with(record + "; s=email") == "pass");
    CHECK(verdict_with(record + "; s=web:*") == "pass");
    CHECK(verdict_with(record + "; s=web") == "permerror: the key is not for mail");
    CHECK(verdict_with(to_record(rsa_key())) == "permerror: the key is of another kind than the signature");
    CHECK(verdict_with("p=" + record.substr(record.find("p=") + 2)) ==
          "permerror: the key is of another kind than the signature");
}

TEST_CASE("t=s: the identity's domain is the signing domain itself") {
    std::string const record = to_record(ed25519_key()) + "; t=s";
    CHECK(verdict_with(record) == "pass");
    CHECK(verdict_with(record, "ed", "ann@EXAMPLE.com") == "pass");
    CHECK(verdict_with(record, "ed", "ann@mail.example.com") == "permerror: the key is not for subdomains");
    CHECK(verdict_with(to_record(ed25519_key()), "ed", "ann@mail.example.com") == "pass");
}

TEST_CASE("g, which RFC 6376 dropped, means nothing") {
    CHECK(verdict_with(to_record(ed25519_key()) + "; g=somebody-else") == "pass");
}

TEST_CASE("t=y: the verdict stands, and says that the domain is testing") {
    record_table dns;
    dns.add(ed_name, to_record(ed25519_key()) + "; t=y");
    auto const found = checked(signed_octets(letter(), own_signer()), dns);
    CHECK(told(found.verdicts[0]) == "pass");
    CHECK(found.verdicts[0].testing);
}

TEST_CASE("an RSA key is read as RSAPublicKey too") {
    std::string const spki = rsa_key().public_octets();
    std::string const pkcs1 = spki.substr(22);  // SEQUENCE, AlgorithmIdentifier, BIT STRING and its zero bits
    REQUIRE(static_cast<unsigned char>(pkcs1[0]) == 0x30);
    record_table dns;
    dns.add(rsa_name, "v=DKIM1; k=rsa; p=" + codec::encode_base64(pkcs1));
    CHECK(verdict_on(signed_octets(letter(), own_signer(own_options("rsa"))), dns) == "pass");
    record_table longer;
    longer.add(rsa_name, "v=DKIM1; k=rsa; p=" + codec::encode_base64(spki + "x"));
    CHECK(verdict_on(signed_octets(letter(), own_signer(own_options("rsa"))), longer) ==
          "permerror: the key record is malformed");
}

TEST_CASE("RFC 8301: rsa-sha1 is a permanent error, and no DNS is asked") {
    auto const dns = own_records();
    std::string const mail = replaced(signed_octets(letter(), own_signer()), "a=ed25519-sha256", "a=rsa-sha1");
    CHECK(verdict_on(mail, dns) == "permerror: rsa-sha1 does not count any more");
    CHECK(dns.asked == 0);
}

TEST_CASE("a signature that has expired, or is from the future, is right and does not count") {
    auto options = own_options();
    options.expires_after = std::chrono::hours(1);
    std::string const mail = signed_octets(letter(), own_signer(options));
    auto const dns = own_records();
    auto const at = [&](long long seconds) {
        fixed_clock const clock(1'795'141'872 + seconds);
        return told(dkim::verify(mail, dns.lookup(), {.host = &clock}).verdicts.at(0));
    };
    CHECK(at(0) == "pass");
    CHECK(at(3600 + 299) == "pass");
    CHECK(at(3600 + 300) == "policy: the signature has expired");
    CHECK(at(-300) == "pass");
    CHECK(at(-301) == "policy: the signature is from the future");
}

TEST_CASE("hazard 131: l covers a part, and what stands behind it does not pass for signed") {
    std::string_view const body = std::string_view(letter()).substr(letter().find("\r\n\r\n") + 4);
    std::string const partly = signed_by_hand("l=4", body.substr(0, 4));
    CHECK(verdict_on(partly) == "policy: the end of the body is not signed");
    CHECK(verdict_on(partly + "Buy now!\r\n") == "policy: the end of the body is not signed");
    CHECK(verdict_on(signed_by_hand("l=" + std::to_string(body.size()), body)) == "pass");
    CHECK(verdict_on(signed_by_hand("l=" + std::to_string(body.size() + 1), body)) ==
          "permerror: more of the body is signed than there is");
    CHECK(verdict_on(signed_by_hand("l=0", "")) == "policy: the end of the body is not signed");

    auto const dns = own_records();
    fixed_clock const clock;
    auto const trusting = dkim::verify(partly, dns.lookup(), {.host = &clock, .accept_partial_body = true});
    CHECK(told(trusting.verdicts[0]) == "pass");
    CHECK(trusting.verdicts[0].signature.body_octets == 4u);
    CHECK(trusting.verdicts[0].body_octets_uncovered == body.size() - 4);
}

TEST_CASE("tags that are not known are passed over, and signed all the same") {
    std::string_view const body = std::string_view(letter()).substr(letter().find("\r\n\r\n") + 4);
    std::string const mail = signed_by_hand("zz=new; z=From:x|To:y", body);
    CHECK(verdict_on(mail) == "pass");
    CHECK(verdict_on(replaced(mail, "zz=new", "zz=old")) == "fail: the header was changed, or another key signed it");
}

TEST_CASE("hazard 131: a second From, Subject or Content-Type that is not signed does not pass") {
    auto options = own_options();
    options.fields = {{"From"}, {"Subject"}, {"Content-Type"}};
    std::string const mail = signed_octets("Content-Type: text/plain\r\n" + letter(), own_signer(options));
    CHECK(verdict_on(mail) == "pass");
    for (char const* added : {"From: eve@example.org\r\n", "subject: Urgent\r\n", "Content-Type: text/html\r\n"})
        CHECK(verdict_on(added + mail) == "policy: a field was added that may stand only once");
    CHECK(verdict_on("X-Spam: no\r\nReceived: from a by b; Sat, 21 Nov 2026 10:11:12 +0800\r\n" + mail) == "pass");
}

TEST_CASE("hazard 131: what is sealed cannot be added at all") {
    std::string const mail = signed_octets(letter(), own_signer());
    for (char const* added : {"From: eve@example.org\r\n", "Reply-To: eve@example.org\r\n", "Cc: all@example.org\r\n",
                              "Content-Type: text/html\r\n"})
        CHECK(verdict_on(added + mail) == "fail: the header was changed, or another key signed it");
}

TEST_CASE("fields are taken from the bottom: what is added on top of those that are signed changes nothing") {
    auto options = own_options();
    options.fields = {{"From"}, {"Received"}, {"X"}};
    std::string const mail =
        signed_octets("Received: one\r\nX: a\r\nReceived: two\r\n" + letter(), own_signer(options));
    CHECK(verdict_on("Received: three\r\nX: b\r\n" + mail) == "pass");
    CHECK(verdict_on(replaced(mail, "Received: one", "Received: 1")) ==
          "fail: the header was changed, or another key signed it");
}

TEST_CASE("a header that is too long to be listed cannot pass") {
    std::string mail = signed_octets(letter(), own_signer());
    std::string flood;
    for (std::size_t i = 0; i < limits::header_fields; ++i) flood += "X: y\r\n";
    auto const found = checked(mail.substr(0, mail.find("From: Ann")) + flood + letter());
    REQUIRE(found.verdicts.size() == 1);
    CHECK(told(found.verdicts[0]) == "permerror: the header is too long");
}

TEST_CASE("a header with lines that are no fields cannot pass: others might see its end there") {
    std::string const mail = signed_octets(letter(), own_signer());
    std::size_t const to = mail.find("To: Ben");
    for (char const* line : {": nameless\r\n", "no field\r\n", "From a@b Sat Nov 21 10:11:12 2026\r\n"}) {
        CAPTURE(line);
        std::string broken = mail;
        CHECK(verdict_on(broken.insert(to, line)).find("pass") == std::string::npos);
    }
    CHECK(verdict_on(" x\r\n" + mail) == "permerror: the header has lines that are no fields");
    CHECK(verdict_on(replaced(mail, "\r\n\r\n", "\r\n:\r\n\r\n")) ==
          "permerror: the header has lines that are no fields");
}

TEST_CASE("more signatures than the limit are counted and not checked") {
    std::string const mail = signed_octets(letter(), own_signer());
    std::string const field = mail.substr(0, mail.find("From: Ann"));
    std::string many;
    for (std::size_t i = 0; i < limits::dkim_signatures + 5; ++i) many += field;
    auto const dns = own_records();
    auto const found = checked(many + letter(), dns);
    CHECK(found.verdicts.size() == limits::dkim_signatures);
    CHECK(found.unchecked == 5);
    CHECK(static_cast<std::size_t>(dns.asked) == limits::dkim_signatures);
}

TEST_CASE("an mbox line in front is no part of the message") {
    std::string const mail = signed_octets(letter(), own_signer());
    CHECK(verdict_on("From ann@example.com Sat Nov 21 10:11:12 2026\r\n" + mail) == "pass");
}

TEST_CASE("verdicts go into an Authentication-Results field, which is read again") {
    std::string mail = signed_octets(letter(), own_signer(own_options("rsa")));
    mail = signed_octets(mail, own_signer());
    mail = replaced(mail, "d=example.com; s=rsa", "d=example.net; s=rsa");
    auto const found = checked(mail);
    mime::authentication_results told;
    told.authserv_id = "mx.example.org";
    told.results = dkim::authentication_results(found);
    std::string const text = to_string(told);
    CAPTURE(text);
    CHECK(text.starts_with(
        "mx.example.org; dkim=pass (256-bit key) header.d=example.com header.i=@example.com header.s=ed "
        "header.a=ed25519-sha256 header.b="));
    CHECK(text.find("; dkim=permerror reason=\"there is no key record\" header.d=example.net") != text.npos);
    auto const again = mime::parse_authentication_results(text);
    CHECK(again.defects.empty());
    CHECK(again.authserv_id == told.authserv_id);
    CHECK(to_string(again) == text);
}

TEST_CASE("a message without signatures, and one with too many, are told as RFC 8601 has it") {
    mime::authentication_results told;
    told.authserv_id = "mx.example.org";
    told.results = dkim::authentication_results({});
    CHECK(to_string(told) == "mx.example.org; dkim=none");
    told.results = dkim::authentication_results({{}, 3});
    CHECK(to_string(told) == "mx.example.org; dkim=neutral reason=\"3 signatures were not checked\"");
}

TEST_CASE("what a stranger's signature says does not break out of the field that tells of it") {
    std::string const mail =
        "DKIM-Signature: v=1; a=x; d=evil.example\"; dkim=pass header.d=bank.example; s=(; b=; h=From; bh=\r\n" +
        letter();
    mime::authentication_results told;
    told.authserv_id = "mx.example.org";
    told.results = dkim::authentication_results(checked(mail));
    auto const again = mime::parse_authentication_results(to_string(told));
    REQUIRE(again.results.size() == 1);
    CHECK(again.results[0].result == "permerror");
    CHECK_FALSE(again.results[0].find("header", "d"));
}
