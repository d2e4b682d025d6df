#include <doctest/doctest.h>

#include <postrider/mime/media_type.hpp>

using namespace postrider::mime;

TEST_CASE("a type is told by the name, whatever its case") {
    CHECK(type_of_name("a.pdf") == "application/pdf");
    CHECK(type_of_name("a.tar.GZ") == "application/gzip");
    CHECK(type_of_name("报告.xlsx") == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    CHECK(type_of_name("7z") == "");
    CHECK(type_of_name("a.") == "");
    CHECK(type_of_name("a.notanending") == "");
    CHECK(type_of_name("") == "");
}

TEST_CASE("a type is told by the first octets") {
    CHECK(type_of_octets("%PDF-1.7") == "application/pdf");
    CHECK(type_of_octets("RIFF\1\2\3\4WEBPVP8") == "image/webp");
    CHECK(type_of_octets("GIF89") == "");
    CHECK(type_of_octets("") == "");
}

TEST_CASE("the name comes first, and what is not known is octets") {
    CHECK(guess_type("a.txt", "%PDF-1.7") == "text/plain");
    CHECK(guess_type("a", "%PDF-1.7") == "application/pdf");
    CHECK(guess_type("a", "?") == "application/octet-stream");
}
