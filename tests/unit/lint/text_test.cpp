#include <doctest/doctest.h>

#include "words.hpp"

using namespace postrider;

TEST_CASE("words are letters and digits in a row, and each ideograph is one") {
    using list = std::vector<std::string>;
    CHECK(lint::words_of("Good-morning, Ann! 42") == list{"good", "morning", "ann", "42"});
    CHECK(lint::words_of("测试 ok。") == list{"测", "试", "ok"});
    CHECK(lint::words_of("grüße") == list{"grüße"});
    CHECK(lint::words_of("かな") == list{"か", "な"});
    CHECK(lint::words_of("") == list{});
}

TEST_CASE("blanks collapse, no-break spaces with them") {
    CHECK(lint::collapsed(" a \t\r\n b\u00a0 c ") == "a b c");
    CHECK(lint::collapsed("\u00a0") == "");
    CHECK(lint::trimmed(" \n") == "");
    CHECK(lint::characters("grüße") == 5);
}
