#include <doctest/doctest.h>
#include <postrider/core/limits.hpp>
#include <postrider/proto/smtp/escape.hpp>

using namespace postrider;
using namespace postrider::smtp;

TEST_CASE("hazard 74: a peer's words are escaped") {
    CHECK(escaped("no such user") == "no such user");
    CHECK(escaped("用户不存在 ü") == "用户不存在 ü");
    CHECK(escaped("\x1b[2J") == "\\x1b[2J");
    CHECK(escaped("a\r\nb\tc\x7f") == "a\\x0d\\x0ab\\x09c\\x7f");
    CHECK(escaped(std::string_view("\0", 1)) == "\\x00");
    CHECK(escaped("\xc2\x9b"
                  "2J") == "\\xc2\\x9b2J");
    CHECK(escaped("\xe2\x80\xae"
                  "evil") == "\\xe2\\x80\\xaeevil");
}

TEST_CASE("hazard 74: what is no UTF-8 is escaped octet by octet") {
    CHECK(escaped("caf\xe9") == "caf\\xe9");
    CHECK(escaped("\xc0\xaf") == "\\xc0\\xaf");
    CHECK(escaped("\xe0\x80\xaf") == "\\xe0\\x80\\xaf");
    CHECK(escaped("\xed\xa0\x80") == "\\xed\\xa0\\x80");
    CHECK(escaped("\xf4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");
    CHECK(escaped("\xf0\x9f\x93") == "\\xf0\\x9f\\x93");
    CHECK(escaped("\xf0\x9f\x93\xa7") == "\xf0\x9f\x93\xa7");
}

TEST_CASE("hazard 74: a peer's words are bounded") {
    auto const shown = escaped(std::string(1 << 20, 'x'));
    CHECK(shown.size() == limits::shown_octets + 3);
    CHECK(shown.ends_with("x..."));
}

TEST_CASE("every character is shown or escaped, none is lost") {
    for (int i = 0; i < 256; ++i) {
        auto const shown = escaped(std::string(1, static_cast<char>(i)));
        CAPTURE(i);
        CHECK(shown.size() == (i >= 0x20 && i < 0x7F ? 1 : 4));
    }
}
