#include <doctest/doctest.h>

#include <postrider/codec/uuencode.hpp>

using postrider::codec::decode_uuencode;

TEST_CASE("uuencode: lines between begin and end, in LF and CRLF, with what stands around them passed over") {
    CHECK(decode_uuencode("begin 644 a file.txt\n#0V%T\n`\nend\n").octets == "Cat");
    CHECK(decode_uuencode("begin 644 a file.txt\n#0V%T\n`\nend\n").file_name == "a file.txt");
    CHECK(decode_uuencode("begin 644 f\r\n#0V%T\r\n#0V%T\r\n \r\nend \r\n").octets == "CatCat");
    CHECK(decode_uuencode("see below\n\nbegin\nbegin it\nbegin 8 x\nbegin 600 f\n#0V%T\n`\nend\nbehind").octets ==
          "Cat");
    CHECK_FALSE(decode_uuencode("begin 644 f\n#0V%T\n`\nend").missing_end);
}

TEST_CASE("uuencode: blanks lost at a line's end are zeros, and what is behind the octets is passed over") {
    CHECK(decode_uuencode("begin 644 f\n#\n`\nend\n").octets == std::string(3, '\0'));
    CHECK(decode_uuencode("begin 644 f\n!84%!check\n`\nend\n").octets == "a");
    CHECK_FALSE(decode_uuencode("begin 644 f\n!84%!\n\n`\nend\n").malformed);
}

TEST_CASE("uuencode: what is missing or malformed is told, and all octets end somewhere") {
    CHECK(decode_uuencode("").missing_begin);
    CHECK(decode_uuencode("no begin\nend\n").missing_begin);
    CHECK(decode_uuencode("begin 644 f\n#0V%T\n").octets == "Cat");
    CHECK(decode_uuencode("begin 644 f\n#0V%T\n").missing_end);
    CHECK(decode_uuencode("begin 644 f\n#0V\x80T\n`\nend\n").malformed);
    std::string all = "begin 644 f\n";
    for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
    CHECK(decode_uuencode(all + "\nend").octets.size() < all.size() + 64);
    CHECK(decode_uuencode("begin 644 f\n" + std::string(1000, 'M')).octets.size() == 45);
    std::string bomb = "begin 644 f\n";
    for (int i = 0; i < 10'000; ++i) bomb += "_\n";
    CHECK(decode_uuencode(bomb + "end").octets.size() < bomb.size() + 64);
    CHECK(decode_uuencode(bomb + "end").malformed);
}
