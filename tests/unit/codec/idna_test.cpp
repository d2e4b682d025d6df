#include <doctest/doctest.h>

#include <postrider/codec/error.hpp>
#include <postrider/codec/idna.hpp>

using namespace postrider::codec;

TEST_CASE("a domain becomes A-labels: IDNA 2008, mapped as UTS #46 says") {
    auto const becomes = [](std::string_view domain, std::string_view ascii) {
        CAPTURE(domain);
        CHECK(domain_to_ascii(domain).value() == ascii);
    };
    becomes("example.com", "example.com");
    becomes("[IPv6:::1]", "[IPv6:::1]");
    becomes("例子.example", "xn--fsqu00a.example");
    becomes("BÜCHER.example", "xn--bcher-kva.example");
    becomes(
        "bu\xCC\x88"
        "cher.example",
        "xn--bcher-kva.example");
    becomes("straße.de", "xn--strae-oqa.de");  // a letter of its own since IDNA 2008
    becomes("例子。测试", "xn--fsqu00a.xn--0zwm56d");
    becomes("उदाहरण.परीक्षा", "xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g");
}

TEST_CASE("what can be no domain is an error") {
    using namespace std::string_view_literals;
    for (auto const& domain : {"\xFF.example"sv, "ä b.example"sv, "ä\0b"sv, "ä..example"sv, "♥☃\xE2\x80\x8B.example"sv,
                               "ä.x＞y"sv, "ä.x＠y"sv, "ä.x＼y"sv, ".ä"sv}) {
        CAPTURE(domain);
        CHECK(domain_to_ascii(domain) == errc::malformed);
    }
    std::string const long_label(64, 'a');
    CHECK(domain_to_ascii("ä." + long_label) == errc::malformed);
    std::string long_name = "ä";
    for (int i = 0; i < 64; ++i) long_name += ".abc";
    CHECK(domain_to_ascii(long_name) == errc::malformed);
}

TEST_CASE("of an address the domain alone changes; a local part beyond ASCII has no other form") {
    CHECK(address_to_ascii("a.b@例子.example").value() == "a.b@xn--fsqu00a.example");
    CHECK(address_to_ascii("\"a@b\"@例子.example").value() == "\"a@b\"@xn--fsqu00a.example");
    CHECK(address_to_ascii("a@b.example").value() == "a@b.example");
    CHECK(address_to_ascii("").value().empty());
    CHECK(address_to_ascii("用户@例子.example") == errc::unencodable);
    CHECK(address_to_ascii("用户") == errc::unencodable);
    CHECK(address_to_ascii("a@\xFF") == errc::malformed);
}
