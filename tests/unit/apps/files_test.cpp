#include "files.hpp"

#include <doctest/doctest.h>

#include "support.hpp"
#include "thrown.hpp"

using namespace postrider::app;

TEST_CASE("a file is read as it is") {
    std::string const octets("a\0b\r\n\xff", 6);
    CHECK(read_file(temporary_file(octets).name()) == octets);
    CHECK(read_file(temporary_file("").name()).empty());
}

TEST_CASE("a file that is not there, or is none, is no input; the system's reason is told") {
    error const missing = thrown_by([] { read_file("/nonexistent"); });
    CHECK(missing.code() == exit_code::no_input);
    CHECK(std::string(missing.what()).find("No such file") != std::string::npos);
    CHECK(thrown_by([] { read_file("/tmp"); }).code() == exit_code::no_input);
}

TEST_CASE("a list has one entry a line, and comments") {
    temporary_file const file("# friends\na@x\r\n\n  B <b@x>  \n#c@x\nd@x");
    CHECK(read_list(file.name()) == std::vector<std::string>{"a@x", "B <b@x>", "d@x"});
}
