#include <doctest/doctest.h>

#include <postrider/core/limits.hpp>
#include <postrider/mime/message.hpp>
#include <postrider/mime/render.hpp>

#include "signed_mail.hpp"

using namespace postrider;
using dkim::canonicalization;

namespace {

error_code refused(dkim::signer_options options) {
    auto const made = dkim::signer::make(ed25519_key(), std::move(options));
    return made ? error_code() : made.error();
}

dkim::signature signature_of(std::string_view octets) {
    auto const message = mime::parse(octets);
    return dkim::parse_signature(message.root().fields().begin()->body);
}

std::size_t times(std::vector<std::string> const& names, std::string_view name) {
    return static_cast<std::size_t>(std::count(names.begin(), names.end(), name));
}

/// Hands out its octets three at a time at most, and counts.
class slow_source final : public octet_source {
public:
    explicit slow_source(std::uint64_t size) : size_(size) {}
    std::uint64_t size() const noexcept override { return size_; }
    result<std::size_t> read_at(std::uint64_t offset, std::span<char> room) const override {
        largest = std::max(largest, room.size());
        for (std::size_t i = 0; i < room.size(); ++i) room[i] = static_cast<char>('a' + (offset + i) % 23);
        return room.size();
    }
    mutable std::size_t largest = 0;

private:
    std::uint64_t size_;
};

}  // namespace

TEST_CASE("each algorithm and canonicalization signs what verifies") {
    for (char const* selector : {"rsa", "ed"}) {
        for (auto const header : {canonicalization::simple, canonicalization::relaxed}) {
            for (auto const body : {canonicalization::simple, canonicalization::relaxed}) {
                auto options = own_options(selector);
                options.header = header;
                options.body = body;
                CHECK(verdict_on(signed_octets(letter(), own_signer(options))) == "pass");
            }
        }
    }
}

TEST_CASE("with the same clock the same octets come out, and the message is as it was behind them") {
    std::string const once = signed_octets(letter(), own_signer(own_options("rsa")));
    CHECK(once == signed_octets(letter(), own_signer(own_options("rsa"))));
    CHECK(once.ends_with(letter()));
}

TEST_CASE("several signatures stand in their signers' order, and each verifies") {
    std::vector<dkim::signer> const both{own_signer(own_options("rsa")), own_signer(own_options("ed"))};
    fixed_clock const clock;
    auto const mail = dkim::sign(mime::wire_from_octets(letter()), both, &clock).value().str().value();
    auto const found = checked(mail);
    REQUIRE(found.verdicts.size() == 2);
    CHECK(found.verdicts[0].signature.selector == "rsa");
    CHECK(found.verdicts[1].signature.selector == "ed");
    CHECK(told(found.verdicts[0]) == "pass");
    CHECK(told(found.verdicts[1]) == "pass");
}

TEST_CASE("a composed message is signed as it goes out, and its identity stays") {
    mime::message mail;
    mail.from("Ann <ann@example.com>").to("ben@example.net").subject("你好").text("text\n").html("<p>html</p>");
    auto const wire = mime::render(mail);
    fixed_clock const clock;
    auto const signed_mail = dkim::sign(wire, own_signer(), &clock).value();
    CHECK(signed_mail.message_id() == wire.message_id());
    CHECK(signed_mail.has_8bit() == wire.has_8bit());
    CHECK(signed_mail.size() == signed_mail.str()->size());
    CHECK(verdict_on(*signed_mail.str()) == "pass");
}

TEST_CASE("what is large is hashed in pieces and not held") {
    auto const source = std::make_shared<slow_source>(10'000'000);
    mime::wire wire;
    wire.append(std::string("From: a@example.com\r\n"));
    wire.append(std::string("Subject: x\r\n\r"));
    wire.append(std::string("\nbegin\r\n"));
    wire.append(mime::wire::base64_piece{source});
    fixed_clock const clock;
    auto const signed_mail = dkim::sign(wire, own_signer(), &clock).value();
    CHECK(source->largest <= limits::file_chunk_octets);
    CHECK(signed_mail.pieces().size() == wire.pieces().size() + 1);
    CHECK(verdict_on(*signed_mail.str()) == "pass");
}

TEST_CASE("the signature says who, when and until when") {
    auto options = own_options();
    options.identity = "ann@mail.example.com";
    options.expires_after = std::chrono::hours(24);
    auto const says = signature_of(signed_octets(letter(), own_signer(options)));
    CHECK_FALSE(says.defect);
    CHECK(says.domain == "example.com");
    CHECK(says.selector == "ed");
    CHECK(says.identity == "ann@mail.example.com");
    CHECK(says.signed_at->time_since_epoch().count() == 1'795'141'872);
    CHECK(*says.expires_at - *says.signed_at == std::chrono::hours(24));

    options.timestamp = false;
    options.expires_after.reset();
    auto const silent = signature_of(signed_octets(letter(), own_signer(options)));
    CHECK_FALSE(silent.signed_at);
    CHECK_FALSE(silent.expires_at);
}

TEST_CASE("fields that stand once are sealed, with one name more than there are fields") {
    auto const names = signature_of(signed_octets(letter(), own_signer())).signed_fields;
    for (char const* sealed : {"From", "Subject", "To", "Date", "Message-ID"}) CHECK(times(names, sealed) == 2);
    for (char const* absent : {"Cc", "Reply-To", "MIME-Version", "Content-Type"}) CHECK(times(names, absent) == 1);
    for (char const* open : {"Sender", "List-Id", "List-Unsubscribe", "Resent-From"}) CHECK(times(names, open) == 0);
}

TEST_CASE("RFC 8058: List-Unsubscribe is signed and sealed with its Post") {
    std::string const mail = crlf(
                                 "List-Unsubscribe: <https://example.com/u?1>\n"
                                 "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n") +
                             letter();
    auto const names = signature_of(signed_octets(mail, own_signer())).signed_fields;
    CHECK(times(names, "List-Unsubscribe") == 2);
    CHECK(times(names, "List-Unsubscribe-Post") == 2);
}

TEST_CASE("hazard 131: repeated fields are all signed, whichever stands first") {
    std::string const mail = crlf("Resent-From: a@example.com\nResent-From: b@example.com\n") + letter();
    std::string const signed_mail = signed_octets(mail, own_signer());
    CHECK(times(signature_of(signed_mail).signed_fields, "Resent-From") == 2);
    CHECK(verdict_on(signed_mail) == "pass");
    std::string swapped = signed_mail;
    std::size_t const a = swapped.find("a@example.com"), b = swapped.find("b@example.com");
    std::swap(swapped[a], swapped[b]);
    CHECK(verdict_on(swapped) == "fail: the header was changed, or another key signed it");
}

TEST_CASE("hazards 122, 131: tags take nothing that could become another tag or field") {
    for (char const* name : {"", "example.com; l=0", "example.com\r\nBcc: x@y", "a b", "a..b", ".", "exämple.com"}) {
        auto as_domain = own_options();
        as_domain.domain = name;
        CHECK(refused(as_domain) == dkim::errc::bad_domain);
        auto as_selector = own_options();
        as_selector.selector = name;
        CHECK(refused(as_selector) == dkim::errc::bad_selector);
    }
    for (char const* name : {"x; l=0", "Subject:To", "Sub\r\nject", "", "Sujét"}) {
        auto options = own_options();
        options.fields.push_back({name});
        CHECK(refused(options) == dkim::errc::bad_field_name);
    }
    for (char const* identity :
         {"ann", "ann@example.org", "ann@badexample.com", "a\r\nb@example.com", "@x y.example.com"}) {
        auto options = own_options();
        options.identity = identity;
        CHECK(refused(options) == dkim::errc::bad_identity);
    }
}

TEST_CASE("an identity with any characters is written so that it is read again") {
    auto options = own_options();
    options.identity = "\"a;b=c ü\"@example.com";
    std::string const mail = signed_octets(letter(), own_signer(options));
    CHECK(signature_of(mail).identity == options.identity);
    CHECK(verdict_on(mail) == "pass");
}

TEST_CASE("a signature covers From, and ends behind its beginning") {
    auto options = own_options();
    options.fields = {{"Subject"}};
    CHECK(refused(options) == dkim::errc::from_not_signed);
    options = own_options();
    options.expires_after = std::chrono::seconds(0);
    CHECK(refused(options) == dkim::errc::bad_times);
}

TEST_CASE("what cannot be signed is not signed in part") {
    auto const attempt = [](std::string octets) {
        auto const made = dkim::sign(mime::wire_from_octets(std::move(octets)), own_signer());
        return made ? error_code() : made.error();
    };
    CHECK(attempt("Subject: x\r\n\r\nbody\r\n") == dkim::errc::no_author);
    CHECK(attempt("\r\nbody\r\n") == dkim::errc::no_author);
    CHECK(attempt("From: a@b\r\nno field\r\nSubject: x\r\n\r\n") == dkim::errc::malformed_header);
    CHECK(attempt("From: a@b\r\n: nameless\r\n\r\n") == dkim::errc::malformed_header);
    CHECK(attempt("From: a@b\r\nX: " + std::string(limits::header_octets, 'x') + "\r\n\r\n") ==
          dkim::errc::header_limit);
    std::string many = "From: a@b\r\n";
    for (std::size_t i = 0; i <= limits::dkim_signed_fields; ++i) many += "To: a@b\r\n";
    CHECK(attempt(many + "\r\n") == dkim::errc::too_many_fields);
    for (std::size_t i = 0; i <= limits::header_fields; ++i) many += "A: b\r\n";
    CHECK(attempt(many + "\r\n") == dkim::errc::header_limit);
}

TEST_CASE("a message without a body, and one that ends with its header, are signed") {
    for (char const* octets : {"From: a@example.com\r\n\r\n", "From: a@example.com\r\n"}) {
        mime::wire wire;
        wire.append(std::string(octets));
        fixed_clock const clock;
        CHECK(verdict_on(*dkim::sign(wire, own_signer(), &clock)->str()) == "pass");
    }
}

TEST_CASE("no line of a signature is longer than 78 columns, whatever is signed") {
    auto options = own_options("rsa");
    options.identity = "somebody.with.a.long.name@a.department.example.com";
    std::string const mail = signed_octets(letter(), own_signer(options));
    std::string_view rest = std::string_view(mail).substr(0, mail.size() - letter().size());
    CHECK(rest.starts_with("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=rsa;\r\n\t"));
    for (; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
        std::string_view const line = rest.substr(0, rest.find('\r'));
        CHECK(line.size() + (line.starts_with('\t') ? 7 : 0) <= 78);
    }
}
