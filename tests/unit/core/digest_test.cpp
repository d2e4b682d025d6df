#include <doctest/doctest.h>
#include <postrider/core/digest.hpp>

using namespace postrider;

TEST_CASE("digests match their published vectors") {
    CHECK(to_hex(md5("abc")) == "900150983cd24fb0d6963f7d28e17f72");                                     // RFC 1321 A.5
    CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-4
    CHECK(to_hex(hmac_md5("Jefe", "what do ya want for nothing?")) == "750c783e6ab0b503eaa86e310a5db738");  // RFC 2104
}

TEST_CASE("comparison in constant time compares") {
    CHECK(equal_in_constant_time("abc", "abc"));
    CHECK_FALSE(equal_in_constant_time("abc", "abd"));
    CHECK_FALSE(equal_in_constant_time("abc", "ab"));
    CHECK(equal_in_constant_time("", ""));
}
