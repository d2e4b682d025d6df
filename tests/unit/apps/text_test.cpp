#include "text.hpp"

#include <doctest/doctest.h>

#include "terminal/utf8.hpp"

using namespace postrider::app;

TEST_CASE("split trims and leaves empty pieces out") {
    CHECK(split("", ',').empty());
    CHECK(split(",, ,", ',').empty());
    CHECK(split(" a , b b,c", ',') == std::vector<std::string>{"a", "b b", "c"});
    CHECK(split("one\r\ntwo\n\n", '\n') == std::vector<std::string>{"one", "two"});
}

TEST_CASE("sizes are told in units of a thousand") {
    CHECK(human_size(0) == "0 B");
    CHECK(human_size(999) == "999 B");
    CHECK(human_size(1400) == "1.4 kB");
    CHECK(human_size(25'200'000) == "25.2 MB");
    CHECK(human_size(123'000'000'000) == "123 GB");
}

TEST_CASE("valid_utf8 keeps what is UTF-8 and marks every other octet") {
    CHECK(valid_utf8("你好 \xf0\x9f\x93\xa7 abc") == "你好 \xf0\x9f\x93\xa7 abc");
    CHECK(valid_utf8("a\xff"
                     "b") ==
          "a\xef\xbf\xbd"
          "b");
    CHECK(valid_utf8("\xe4\xbd") == "\xef\xbf\xbd\xef\xbf\xbd");
    CHECK(valid_utf8("\xc0\xaf") == "\xef\xbf\xbd\xef\xbf\xbd");                  // overlong
    CHECK(valid_utf8("\xed\xa0\x80") == "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");  // surrogate
    CHECK(valid_utf8("\xf4\x90\x80\x80").size() == 12);                           // beyond U+10FFFF
}
