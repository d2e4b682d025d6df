#include <doctest/doctest.h>
#include <postrider/core/limits.hpp>
#include <postrider/proto/sasl/mechanism.hpp>
#include <postrider/proto/sasl/saslprep.hpp>

using namespace postrider;
using sasl::saslprep;
using namespace std::string_literals;

TEST_CASE("SASLprep does what RFC 4013 §3 shows") {
    CHECK(saslprep("I\u00adX").value() == "IX");
    CHECK(saslprep("user").value() == "user");
    CHECK(saslprep("USER").value() == "USER");
    CHECK(saslprep("\u00aa").value() == "a");
    CHECK(saslprep("\u2168").value() == "IX");
    CHECK(saslprep("\x07").error() == sasl::errc::bad_credentials_form);
    CHECK(saslprep("\u0627\u0031").error() == sasl::errc::bad_credentials_form);
}

TEST_CASE("SASLprep makes one text of what looks the same") {
    CHECK(saslprep("\u00a0").value() == " ");
    CHECK(saslprep("a\u3000b").value() == "a b");
    CHECK(saslprep("e\u0301").value() == "\u00e9");
    CHECK(saslprep("密码").value() == "密码");
    CHECK(saslprep("p,=\"\\ ~").value() == "p,=\"\\ ~");
}

TEST_CASE("what Unicode 3.2 does not know may be typed, and is not kept") {
    std::string const later = "\u0221";
    CHECK(saslprep(later).value() == later);
    CHECK(saslprep(later, sasl::unassigned::refused).error() == sasl::errc::bad_credentials_form);
}

TEST_CASE("SASLprep refuses what is no text") {
    for (auto const& text : {""s, "a\0b"s, "\xff"s, "\xc3"s, "\u00ad"s, "\ue000"s, "a\r\nb"s, "\x7f"s,
                             std::string(limits::saslprep_octets + 1, 'a')}) {
        CAPTURE(text.size());
        CHECK(saslprep(text).error() == sasl::errc::bad_credentials_form);
    }
    CHECK(saslprep(std::string(limits::saslprep_octets, 'a')).has_value());
}
