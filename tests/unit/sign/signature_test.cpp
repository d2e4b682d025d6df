#include <doctest/doctest.h>

#include <postrider/core/limits.hpp>
#include <postrider/sign/dkim/error.hpp>
#include <postrider/sign/dkim/signature.hpp>

#include "dkim/header_hash.hpp"

using namespace postrider;
using dkim::canonicalization;

namespace {

constexpr std::string_view hash = "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=";

/// A signature whose tag of that name has that value, or is missing without one.
std::string with(std::string_view name, char const* value) {
    std::string text;
    bool known = false;
    for (auto const& [tag, usual] : {std::pair<std::string_view, std::string_view>{"v", "1"},
                                     {"a", "rsa-sha256"},
                                     {"d", "example.com"},
                                     {"s", "sel"},
                                     {"h", "From:To"},
                                     {"bh", hash},
                                     {"b", "AAAA"}}) {
        known = known || tag == name;
        if (tag == name && !value) continue;
        text.append(tag).append("=").append(tag == name ? value : usual).append("; ");
    }
    return known || !value ? text : text.append(name).append("=").append(value);
}

error_code defect(std::string_view name, char const* value) {
    return dkim::parse_signature(with(name, value)).defect;
}

}  // namespace

TEST_CASE("a signature is read with its defaults") {
    auto const says = dkim::parse_signature(with("v", "1"));
    CHECK_FALSE(says.defect);
    CHECK(says.algorithm_name == "rsa-sha256");
    CHECK(says.header == canonicalization::simple);
    CHECK(says.body == canonicalization::simple);
    CHECK(says.identity == "@example.com");
    CHECK(says.signed_fields == std::vector<std::string>{"From", "To"});
    CHECK(says.body_hash.size() == 32);
    CHECK(says.value == std::string(3, '\0'));
    CHECK_FALSE(says.body_octets);
}

TEST_CASE("folds and blanks may stand around every value, and inside base64 and lists") {
    auto const says = dkim::parse_signature(
        " v = 1;\r\n a=rsa-sha256 ;c=relaxed;\r\n\td=example.com; s=sel; h = From\r\n : To : \tCC ;\r\n "
        "bh=2jUSOH9Nht\r\n "
        "VGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8= ; b = AA\r\n AA ");
    CHECK_FALSE(says.defect);
    CHECK(says.signed_fields == std::vector<std::string>{"From", "To", "CC"});
    CHECK(says.header == canonicalization::relaxed);
    CHECK(says.body == canonicalization::simple);
}

TEST_CASE("each tag that must be there is missed") {
    for (char const* name : {"v", "a", "b", "bh", "d", "h", "s"})
        CHECK(defect(name, nullptr) == dkim::errc::missing_tag);
    CHECK(dkim::parse_signature("").defect == dkim::errc::missing_tag);
}

TEST_CASE("what is no tag-list, or says a thing twice, is malformed") {
    CHECK(dkim::parse_signature(with("v", "1") + "x").defect == dkim::errc::malformed);
    CHECK(dkim::parse_signature(with("v", "1") + "d=example.org").defect == dkim::errc::malformed);
    CHECK(dkim::parse_signature(with("d", "exa\x01mple.com")).defect == dkim::errc::malformed);
    CHECK(dkim::parse_signature(with("d", "ex\xff.com")).defect == dkim::errc::malformed);
}

TEST_CASE("versions, algorithms, forms and queries that are not known are named") {
    CHECK(defect("v", "2") == dkim::errc::unsupported_version);
    CHECK(defect("v", "1.0") == dkim::errc::unsupported_version);
    CHECK(defect("a", "rsa-sha512") == dkim::errc::unsupported_algorithm);
    CHECK(defect("a", "RSA-SHA256") == error_code());
    CHECK(defect("c", "relaxed/nowsp") == dkim::errc::unsupported_canonicalization);
    CHECK(defect("c", "") == dkim::errc::unsupported_canonicalization);
    CHECK(defect("q", "http") == dkim::errc::unsupported_query);
    CHECK(defect("q", "http:dns/txt") == error_code());
}

TEST_CASE("RFC 8301: rsa-sha1 is known and refused") {
    CHECK(defect("a", "rsa-sha1") == dkim::errc::obsolete_algorithm);
}

TEST_CASE("names that go into a DNS query are names") {
    CHECK(defect("d", "example.com/../x") == dkim::errc::bad_domain);
    CHECK(defect("d", "") == dkim::errc::bad_domain);
    CHECK(defect("d", (std::string(64, 'a') + ".com").c_str()) == dkim::errc::bad_domain);
    CHECK(defect("s", "a..b") == dkim::errc::bad_selector);
    CHECK(defect("s", "2026.mail_1") == error_code());
    std::string long_selector = "a";
    while (long_selector.size() < 240) long_selector += ".a";
    CHECK(defect("s", long_selector.c_str()) == dkim::errc::bad_selector);  // with the domain no name for DNS
}

TEST_CASE("the identity lies at or below the domain") {
    CHECK(dkim::parse_signature(with("i", "ann=40x@Mail.Example.com")).identity == "ann@x@Mail.Example.com");
    CHECK(defect("i", "@example.com") == error_code());
    CHECK(defect("i", "ann@example.org") == dkim::errc::bad_identity);
    CHECK(defect("i", "ann@notexample.com") == dkim::errc::bad_identity);
    CHECK(defect("i", "example.com") == dkim::errc::bad_identity);
    CHECK(defect("i", "a=4@example.com") == dkim::errc::bad_identity);
    CHECK(defect("i", "a=0D=0A@example.com") == dkim::errc::bad_identity);
}

TEST_CASE("From is signed, and no more names than the limit") {
    CHECK(defect("h", "To:Subject") == dkim::errc::from_not_signed);
    CHECK(defect("h", "To:FROM") == error_code());
    CHECK(defect("h", "From::To") == dkim::errc::malformed);
    std::string many = "From";
    for (std::size_t i = 1; i < limits::dkim_signed_fields; ++i) many += ":X";
    CHECK(defect("h", many.c_str()) == error_code());
    CHECK(defect("h", (many + ":X").c_str()) == dkim::errc::too_many_fields);
}

TEST_CASE("hashes and signatures are whole base64") {
    CHECK(defect("bh", "AAAA") == dkim::errc::malformed);
    CHECK(defect("bh", "!") == dkim::errc::malformed);
    CHECK(defect("b", "") == dkim::errc::malformed);
    CHECK(defect("b", "AAA") == dkim::errc::malformed);
}

TEST_CASE("numbers are numbers, of any size, and times go forward") {
    CHECK(dkim::parse_signature(with("l", "42")).body_octets == 42u);
    CHECK(dkim::parse_signature(with("l", std::string(76, '9').c_str())).body_octets == 999'999'999'999'999u);
    for (char const* wrong : {"", "-1", "1a", "0x1", "+1"}) CHECK(defect("l", wrong) == dkim::errc::malformed);
    CHECK(defect("l", std::string(77, '0').c_str()) == dkim::errc::malformed);
    CHECK(defect("t", "soon") == dkim::errc::malformed);
    CHECK(defect("t", "100; x=100") == dkim::errc::bad_times);
    CHECK(defect("t", "100; x=101") == error_code());
    CHECK(defect("x", "999999999999999999999") == error_code());
}

TEST_CASE("the value of b goes, and nothing else") {
    CHECK(dkim::without_value("DKIM-Signature: v=1; b = AA\r\n BB ; bh=b=x") == "DKIM-Signature: v=1; b =; bh=b=x");
    CHECK(dkim::without_value("DKIM-Signature: bh=b; xb=b;\r\n\tb=AA") == "DKIM-Signature: bh=b; xb=b;\r\n\tb=");
    CHECK(dkim::without_value("DKIM-Signature:b=AA") == "DKIM-Signature:b=");
    CHECK(dkim::without_value("DKIM-Signature: v=1") == "DKIM-Signature: v=1");
}
