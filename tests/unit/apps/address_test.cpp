#include "address.hpp"

#include <doctest/doctest.h>

#include "thrown.hpp"

using namespace postrider::app;

TEST_CASE("an address to listen on is a host and a port") {
    CHECK(parse_address("127.0.0.1:1025") == postrider::net::endpoint{"127.0.0.1", 1025, {}});
    CHECK(parse_address("localhost:0") == postrider::net::endpoint{"localhost", 0, {}});
    CHECK(parse_address("[::1]:65535") == postrider::net::endpoint{"::1", 65535, {}});
}

TEST_CASE("what is no address to listen on is a usage error") {
    for (char const* text :
         {"", "1025", ":1025", "host:", "host:x", "host:65536", "host:-1", "host:25x", "::1:25", "[]:25"}) {
        CAPTURE(text);
        CHECK(thrown_by([&] { parse_address(text); }).code() == exit_code::usage);
    }
}
