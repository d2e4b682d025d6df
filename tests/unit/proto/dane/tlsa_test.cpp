#include <doctest/doctest.h>

#include <postrider/core/limits.hpp>
#include <postrider/proto/dane/tlsa.hpp>

using namespace postrider;
using dane::is_usable;
using dane::tlsa_record;

namespace {

tlsa_record const by_key{3, 1, 1, std::string(32, 'k')};

}  // namespace

TEST_CASE("a TLSA record is read from its octets") {
    CHECK(dane::parse_tlsa("\3\1\1" + std::string(32, 'k')) == by_key);
    CHECK(dane::parse_tlsa(std::string("\xff\0\2x", 4)) == tlsa_record{255, 0, 2, "x"});
}

TEST_CASE("hazard 87: a short TLSA record is none, and one with short data is not usable") {
    for (auto const* octets : {"", "\3", "\3\1", "\3\1\1"}) CHECK_FALSE(dane::parse_tlsa(octets));
    for (std::size_t size : {1, 31, 33, 64}) CHECK_FALSE(is_usable({3, 1, 1, std::string(size, 'x')}));
    for (std::size_t size : {1, 32, 63, 65}) CHECK_FALSE(is_usable({3, 1, 2, std::string(size, 'x')}));
    CHECK_FALSE(is_usable({3, 1, 0, ""}));
}

TEST_CASE("a TLSA record is read as zone files have it") {
    auto const read =
        dane::parse_tlsa_text("3 1 1 6B6b6b6b6b6b6b6b 6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b\t6b6b6b6b6b6b6b6b ");
    CHECK(read == by_key);
    CHECK(dane::parse_tlsa_text("  255 0 9 00") == tlsa_record{255, 0, 9, std::string(1, '\0')});
    for (auto const* text : {"", "3", "3 1 1", "3 1 1 ", "3 1 1 6", "3 1 1 6g", "3 1 1 6b 6", "256 1 1 6b", "-3 1 1 6b",
                             "3,1 1 6b", "3 1 16b", "a 1 1 6b", "3 1 1 \"6b\""})
        CHECK_MESSAGE(dane::parse_tlsa_text(text) == std::nullopt, text);
}

TEST_CASE("mail uses DANE-TA and DANE-EE alone, and what it knows of them") {
    CHECK(is_usable(by_key));
    CHECK(is_usable({2, 0, 0, "a certificate"}));
    CHECK(is_usable({2, 0, 2, std::string(64, 'x')}));
    for (std::uint8_t usage : {std::uint8_t{0}, std::uint8_t{1}, std::uint8_t{4}, std::uint8_t{255}})
        CHECK_FALSE(is_usable({usage, 1, 1, by_key.data}));
    CHECK_FALSE(is_usable({3, 2, 1, by_key.data}));
    CHECK_FALSE(is_usable({3, 1, 3, by_key.data}));
    CHECK(dane::usable({{0, 0, 1, by_key.data}, by_key, {3, 1, 1, "short"}}) == std::vector{by_key});
}

TEST_CASE("hazard 87: of very many TLSA records the first are looked at") {
    CHECK(dane::usable(std::vector(10'000, by_key)).size() == limits::tlsa_records);
}

TEST_CASE("the records of a server stand below its port") {
    CHECK(dane::tlsa_name("mx.example", 25) == "_25._tcp.mx.example");
    CHECK(dane::tlsa_name("mx.example.", 587) == "_587._tcp.mx.example");
}
