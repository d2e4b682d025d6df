#include <doctest/doctest.h>
#include <postrider/core/digest.hpp>

using namespace postrider;

TEST_CASE("digests match their published vectors") {
    CHECK(to_hex(md5("abc")) == "900150983cd24fb0d6963f7d28e17f72");                                     // RFC 1321 A.5
    CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-4
    CHECK(to_hex(hmac_md5("Jefe", "what do ya want for nothing?")) == "750c783e6ab0b503eaa86e310a5db738");  // RFC 2104
}

TEST_CASE("each hash, alone, with a key, and with many iterations") {
    CHECK(to_hex(digest(hash::sha1, "abc")) == "a9993e364706816aba3e25717850c26c9cd0d89d");  // FIPS 180-4
    CHECK(to_hex(digest(hash::sha512, "")).starts_with("cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36"));
    CHECK(digest(hash::md5, "abc") == md5("abc"));
    CHECK(to_hex(hmac(hash::sha256, "Jefe", "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");  // RFC 4231 §4.3
    CHECK(to_hex(hmac(hash::sha256, "", "")) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    CHECK(hmac(hash::sha1, "key", "x") != hmac(hash::sha1, "", "x"));
    CHECK(to_hex(pbkdf2(hash::sha1, "password", "salt", 4096)) ==
          "4b007901b765489abead49d926f721d065a429c1");  // RFC 6070 §2
    CHECK(to_hex(pbkdf2(hash::sha1, "password", "salt", 1)) == "0c60c80f961f0e71f3a9b524af6012062fe037a6");
}

TEST_CASE("comparison in constant time compares") {
    CHECK(equal_in_constant_time("abc", "abc"));
    CHECK_FALSE(equal_in_constant_time("abc", "abd"));
    CHECK_FALSE(equal_in_constant_time("abc", "ab"));
    CHECK(equal_in_constant_time("", ""));
}
