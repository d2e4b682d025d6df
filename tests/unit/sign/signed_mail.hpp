#pragma once
#include <postrider/dkim.hpp>
#include <postrider/mime/raw.hpp>
#include <string>
#include <utility>

#include "crlf.hpp"
#include "fixed_clock.hpp"
#include "rfc_keys.hpp"

// A domain with two keys, and messages that it signs.

inline postrider::dkim::private_key const& rsa_key() {
    static auto const key = postrider::dkim::private_key::make_rsa(1024).value();
    return key;
}

inline postrider::dkim::private_key const& ed25519_key() {
    static auto const key = postrider::dkim::private_key::read(rfc8463_ed25519_secret).value();
    return key;
}

inline record_table own_records() {
    record_table dns;
    dns.add("rsa._domainkey.example.com", to_record(rsa_key()));
    dns.add("ed._domainkey.example.com", to_record(ed25519_key()));
    return dns;
}

inline postrider::dkim::signer_options own_options(std::string selector = "ed") {
    postrider::dkim::signer_options options;
    options.domain = "example.com";
    options.selector = std::move(selector);
    return options;
}

inline postrider::dkim::signer own_signer(postrider::dkim::signer_options options = own_options()) {
    auto const& key = options.selector == "rsa" ? rsa_key() : ed25519_key();
    return postrider::dkim::signer::make(key, std::move(options)).value();
}

inline std::string const& letter() {
    static const std::string octets = crlf(
        "From: Ann <ann@example.com>\n"
        "To: Ben <ben@example.net>,\n Cat <cat@example.net>\n"
        "Subject: greetings\n"
        "Date: Sat, 21 Nov 2026 10:11:12 +0800\n"
        "Message-ID: <1@example.com>\n"
        "\n"
        "Dear  Ben,\n"
        "\n"
        "hello.\n");
    return octets;
}

inline std::string signed_octets(std::string octets, postrider::dkim::signer const& by) {
    fixed_clock const clock;
    return postrider::dkim::sign(postrider::mime::wire_from_octets(std::move(octets)), by, &clock)
        .value()
        .str()
        .value();
}

inline postrider::dkim::verification checked(std::string_view octets, record_table const& dns = own_records()) {
    static const fixed_clock clock;
    return postrider::dkim::verify(octets, dns.lookup(), {.host = &clock});
}

/// "pass", or "fail: the body was changed".
inline std::string told(postrider::dkim::verdict const& one) {
    std::string text(to_string(one.outcome));
    return one.reason ? text + ": " + one.reason.message() : text;
}

/// The same of a message's only signature.
inline std::string verdict_on(std::string_view octets, record_table const& dns = own_records()) {
    auto const found = checked(octets, dns);
    return found.verdicts.size() == 1 ? told(found.verdicts[0]) : std::to_string(found.verdicts.size()) + " signatures";
}
