#include <doctest/doctest.h>

#include <postrider/codec/base64.hpp>

#include "crlf.hpp"
#include "dkim/field_picker.hpp"
#include "dkim/header_hash.hpp"
#include "rfc_keys.hpp"

using namespace postrider;

namespace {

// With the corrections of errata 3192 (one blank before "Are") and 4926 (six blanks in front of a continuation line):
// without them the signature that stands in the RFC is not of the message that stands there.
constexpr std::string_view rfc6376_a2 = R"(DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;
      c=simple/simple; q=dns/txt; i=joe@football.example.com;
      h=Received : From : To : Subject : Date : Message-ID;
      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB
      4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut
      KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV
      4bmp/YzhwvcubU4=;
Received: from client1.football.example.com  [192.0.2.1]
      by submitserver.example.com with SUBMISSION;
      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game. Are you hungry yet?

Joe.
)";

constexpr std::string_view rfc8463_a3 = R"(DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
)";

record_table rfc_records() {
    record_table dns;
    dns.add("brisbane._domainkey.example.com", std::string(rfc6376_record));
    dns.add("brisbane._domainkey.football.example.com", std::string(rfc8463_ed25519_record));
    dns.add("test._domainkey.football.example.com", std::string(rfc8463_rsa_record));
    return dns;
}

}  // namespace

TEST_CASE("RFC 6376 Appendix A: the signed message verifies with the key of Appendix C") {
    auto const dns = rfc_records();
    auto const found = dkim::verify(crlf(rfc6376_a2), dns.lookup());
    REQUIRE(found.verdicts.size() == 1);
    CHECK(to_string(found.verdicts[0].outcome) == "pass");
    CHECK(found.verdicts[0].signature.identity == "joe@football.example.com");
    CHECK(found.verdicts[0].key_bits == 1024);
    CHECK(found.passed("EXAMPLE.com") == &found.verdicts[0]);
    CHECK(found.passed("football.example.com") == nullptr);
}

TEST_CASE("RFC 6376 Appendix A: the same message kept with LF verifies too") {
    auto const dns = rfc_records();
    CHECK(dkim::verify(rfc6376_a2, dns.lookup()).passed("example.com"));
}

TEST_CASE("RFC 8463 Appendix A: both signatures verify") {
    auto const dns = rfc_records();
    auto const found = dkim::verify(crlf(rfc8463_a3), dns.lookup());
    REQUIRE(found.verdicts.size() == 2);
    CHECK(to_string(found.verdicts[0].outcome) == "pass");
    CHECK(found.verdicts[0].signature.algorithm == dkim::algorithm::ed25519_sha256);
    CHECK(to_string(found.verdicts[1].outcome) == "pass");
    CHECK(found.verdicts[1].signature.algorithm == dkim::algorithm::rsa_sha256);
    CHECK(dkim::key_names(crlf(rfc8463_a3)) ==
          std::vector<std::string>{"brisbane._domainkey.football.example.com", "test._domainkey.football.example.com"});
}

TEST_CASE("RFC 8463 Appendix A: the Ed25519 signature comes out octet for octet") {
    auto const key = dkim::private_key::read(rfc8463_ed25519_secret).value();
    CHECK(dkim::to_record(key) == rfc8463_ed25519_record);

    std::string const octets = crlf(rfc8463_a3);
    auto const message = mime::parse(octets);
    auto const fields = dkim::raw_fields(message.root().fields());
    auto const says = dkim::parse_signature(fields[0].octets.substr(fields[0].name.size() + 1));
    dkim::field_index const index(fields);
    dkim::field_picker picker(index, &fields[0]);
    std::string const hash = dkim::header_hash(picker, says.signed_fields, fields[0].octets, says.header);
    CHECK(codec::encode_base64(key.sign(hash)) ==
          "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==");
}
