#include <doctest/doctest.h>

#include <postrider/codec/base64.hpp>

#include "signed_mail.hpp"

using namespace postrider;

namespace {

error_code refused(std::string_view octets) {
    auto const key = dkim::private_key::read(octets);
    return key ? error_code() : key.error();
}

// openssl genrsa 512; openssl ecparam -genkey -name prime256v1; openssl genpkey -algorithm ed25519 -aes-128-cbc
constexpr std::string_view rsa_512 = R"(-----BEGIN RSA PRIVATE KEY-----
MIIBPAIBAAJBAKzE6QLxMHm1ayNdvBUKoExB9UeGaGy/WBiL8sCm0UzBB0bA7zq6
u+L33VkQt5vFLbbmtQd1CJvMN9pQk7IGFg0CAwEAAQJAEdN3X1BXehdX6JxBTcJ8
66Fal3isyZuskUvPTkVoDw0oNhSDMp/1ARBN0knivipfph/kPJG6yYpvRNCpNwgk
2QIhANTtsHDDNaKhmKEbobCYBLsl6HoS1pqEBDz8Ltgo5dXrAiEAz7ebnSo+nrTK
kaBoP+BZeqY2GI/97xElw1HUk1dnbecCIQCDby0IjhcfimxylmHaZhwVgbLdF5/M
xUzwcCJiX+xvfQIhAJSQxFJi1qr4sDH8QtP9CMK6gtKKmpsU7qeGrb48s5NdAiEA
g1KRkH3jTCBzaEqL4I4aTqMr5iiR7eNPzX8xywHEq2U=
-----END RSA PRIVATE KEY-----
)";
constexpr std::string_view rsa_1024_pkcs1 = R"(-----BEGIN RSA PRIVATE KEY-----
MIICXQIBAAKBgQCWfjg7WtlyKQRShnN5WyclqZxQY8ksGFHpv121vgn87TbgZvuc
JSmgM/ZtZn9vknyS9HqkHDZ5IzztIWxGyLY92NwtTvocVLCa7HhLtbc13cQJTr45
WO4CIe5dFaF50Dg/8aqhcXPob1wfwwCGfKs4iT/uxuDK/3RJO48qSe0RSwIDAQAB
AoGAQsNICvzozn5nznybKdFIcqrmD7vU+VzoqfwdhI0EPVK3L6JAKStLZijnP+1i
x4qC/Wa8KaXifKcnVkOnl1dfkS5FSnElpfBucZZa/12AASHpy2U+NrdY1X12LLi/
aqp61rsVzgp2AQcWAtopFxPnJ8zT20S9MbWIP9T63M083VECQQDFm4wcDf6uTso5
Q7keQSoAw4ITJmKopVHKUEa+Redptyrdw/89SliN7MyMygEgK1xDLAKtbzfGB+Is
i1BWmzh9AkEAwvaXCLEzNEOvF7gtJv12pwlAXCztX9ypCAox5KS2XIYJqr7XmHzK
4gZDTuctCYkbwkAoiFBJrXUpE9EHt/VjZwJBAJ1AiEH3HRonVyQ08YbTApLzAnss
y8w7Kxhdw749MMfe3Hz4MRDcLhZbP/g19Kld+CD4T/UmkXLE6UbbYoZZJZ0CQHCq
sjN6u717U8cgTy+WECiNZx0ddXwNd71GrviT2zLy3slGii78Bv7BYcpKPDOjgWAr
VYEY7MsJxthF1vEPJQcCQQCt8M90lLEGm25raSmRzqsTCuHQLDPLkCrXH8S8I2Hb
zM/CuIJLfhk2wQxSQqjS3xpaGEVENssTiAtDtO8EfLg/
-----END RSA PRIVATE KEY-----
)";
constexpr std::string_view prime256v1 = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg33ES93d11MqwSDMV
CJYN/CVTsFe1ZMbBjWzD2goO0/GhRANCAATnxGIk+lZ7yiDjTkB0F0TE78CJZoDC
yyGQMEiyFqzdmzhMRaWL8e0pk4IsIQFTzyeVNguMfQwqnIwWq9TJGNPm
-----END PRIVATE KEY-----
)";
constexpr std::string_view encrypted = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhJ0aXe1Ohn4AICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEAQIEEH4x5STpz6X6k1wJK+xRB5IEQHtz
+YkCYdpzX3V6gIeaYjEAc47jRq6/1y6FgtiuWlj1A/RtnGcIba7QjENNaJQWjkjQ
QKnu4H3jlDNi46lurD0=
-----END ENCRYPTED PRIVATE KEY-----
)";

}  // namespace

TEST_CASE("keys of both kinds come back from their PEM") {
    for (auto const* key : {&rsa_key(), &ed25519_key()}) {
        auto const again = dkim::private_key::read(key->pem()).value();
        CHECK(again.algorithm() == key->algorithm());
        CHECK(again.public_octets() == key->public_octets());
        CHECK(again.bits() == key->bits());
    }
    CHECK(dkim::private_key::make_ed25519().public_octets() != dkim::private_key::make_ed25519().public_octets());
}

TEST_CASE("a key is read from PKCS#1, from DER, and an Ed25519 key from its seed") {
    auto const pkcs1 = dkim::private_key::read(rsa_1024_pkcs1).value();
    CHECK(pkcs1.algorithm() == dkim::algorithm::rsa_sha256);
    CHECK(pkcs1.bits() == 1024);

    std::string_view lines = rsa_1024_pkcs1;
    lines.remove_prefix(lines.find('\n') + 1);
    lines.remove_suffix(lines.size() - lines.rfind("\n-----END"));
    std::string const der = codec::decode_base64_leniently(lines).octets;
    CHECK(dkim::private_key::read(der)->public_octets() == pkcs1.public_octets());

    std::string const seed = *codec::decode_base64(rfc8463_ed25519_secret);
    CHECK(dkim::private_key::read(seed)->public_octets() == ed25519_key().public_octets());
    CHECK(dkim::private_key::read(std::string(rfc8463_ed25519_secret) + "\n")->public_octets() ==
          ed25519_key().public_octets());
}

TEST_CASE("what is no key for signatures is named") {
    CHECK(refused("") == dkim::errc::bad_key);
    CHECK(refused("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n") == dkim::errc::bad_key);
    CHECK(refused(std::string(1 << 20, 'x')) == dkim::errc::bad_key);
    CHECK(refused(prime256v1) == dkim::errc::bad_key);
    CHECK(refused(encrypted) == dkim::errc::encrypted_key);
    CHECK(refused(rsa_512) == dkim::errc::key_too_short);
    CHECK(dkim::private_key::make_rsa(1023).error() == dkim::errc::key_too_short);
    CHECK(dkim::private_key::make_rsa(16384).error() == dkim::errc::key_too_long);
}

TEST_CASE("a record says what its key is, and is read again") {
    auto const record = dkim::parse_key_record(to_record(rsa_key())).value();
    CHECK(record.key_type == "rsa");
    CHECK(record.public_octets == rsa_key().public_octets());
    CHECK(record.services == std::vector<std::string>{"*"});
    CHECK(record.hashes.empty());
    CHECK_FALSE(record.is_testing());
}

TEST_CASE("a record's flags, uses and notes are read, and tags that are not known passed over") {
    auto const record =
        dkim::parse_key_record("v=DKIM1; k=ed25519; h=sha1 : sha256; s=email:x; t=y:s; n=a note; g=ann; z=?; p=AA AA")
            .value();
    CHECK(record.key_type == "ed25519");
    CHECK(record.hashes == std::vector<std::string>{"sha1", "sha256"});
    CHECK(record.services == std::vector<std::string>{"email", "x"});
    CHECK(record.is_testing());
    CHECK(record.forbids_subdomains());
    CHECK(record.notes == "a note");
    CHECK(record.public_octets.size() == 3);
    CHECK(dkim::parse_key_record("p=")->public_octets.empty());
}

TEST_CASE("what is no record is refused") {
    for (char const* wrong : {"", "v=spf1 -all", "v=DKIM2; p=AAAA", "p=AAAA; v=DKIM1", "v=DKIM1; k=rsa",
                              "v=DKIM1; p=A!", "v=DKIM1; p=AAAA; p=AAAA", "v=DKIM1 p=AAAA"}) {
        CAPTURE(wrong);
        auto const record = dkim::parse_key_record(wrong);
        REQUIRE_FALSE(record.has_value());
        CHECK(record.error() == dkim::errc::bad_key_record);
    }
}

TEST_CASE("a zone file's line has strings of 255 octets at most, which together are the record") {
    std::string const record = "v=DKIM1; n=\"\\; p=" + std::string(600, 'A');
    std::string const line = dkim::to_zone_line("a._domainkey.example.com", record);
    CHECK(line.starts_with("a._domainkey.example.com. IN TXT ( \"v=DKIM1; n=\\\"\\\\; p=AAA"));
    CHECK(line.ends_with("A\" )"));
    std::string joined;
    std::size_t longest = 0;
    for (std::size_t begin = line.find('"'); begin != line.npos;) {
        std::string one;
        std::size_t at = begin + 1;
        for (; line[at] != '"'; ++at) one += line[at] == '\\' ? line[++at] : line[at];
        longest = std::max(longest, one.size());
        joined += one;
        begin = line.find('"', at + 1);
    }
    CHECK(joined == record);
    CHECK(longest == 255);
}
