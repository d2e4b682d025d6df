#include <doctest/doctest.h>

#include <postrider/net/endpoint.hpp>
#include <postrider/net/error.hpp>

using namespace postrider;
using net::endpoint;

TEST_CASE("an endpoint reads as users write it") {
    CHECK(to_string(endpoint{"mx.example", 25, {}}) == "mx.example:25");
    CHECK(to_string(endpoint{"::1", 587, {}}) == "[::1]:587");
    CHECK(to_string(endpoint{{}, 0, "/run/lmtp"}) == "/run/lmtp");
}

TEST_CASE("loopback is what cannot be overheard") {
    for (auto const* host : {"localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "0:0:0:0:0:0:0:1"})
        CHECK_MESSAGE(is_loopback(endpoint{host, 25, {}}), host);
    CHECK(is_loopback(endpoint{{}, 0, "/run/lmtp"}));
    for (auto const* host :
         {"", "localhost.example", "127.0.0.1.example", "10.0.0.1", "128.0.0.1", "::", "::2", "127.1"})
        CHECK_FALSE_MESSAGE(is_loopback(endpoint{host, 25, {}}), host);
}

TEST_CASE("a name that does not exist will not exist later; a silent name server may answer later") {
    CHECK(make_error_code(net::errc::host_unknown) == condition::permanent);
    CHECK(make_error_code(net::errc::host_unknown) != condition::transient);
    CHECK(make_error_code(net::errc::lookup_failed) == condition::transient);
    CHECK(make_error_code(net::errc::lookup_failed) != condition::permanent);
}
