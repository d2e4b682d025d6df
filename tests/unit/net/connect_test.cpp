#include <doctest/doctest.h>

#include <filesystem>
#include <postrider/net/error.hpp>
#include <postrider/proto/step.hpp>

#include "net/streams.hpp"
#include "net/test_server.hpp"

using namespace postrider;
using namespace postrider::test;
using net::endpoint;

namespace {

void greet(connection& peer, SSL_CTX*) {
    peer.write("hello");
    peer.wait_for_end();
}

}  // namespace

TEST_CASE_TEMPLATE("a stream leads to a TCP port", Front, blocking_front, awaiting_front) {
    test_server server({}, greet);
    Front front;
    REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}));
    CHECK(front.stream().is_open());
    CHECK_FALSE(front.stream().secure());
    CHECK(read_until(front, 5) == "hello");
    front.stream().close();
    CHECK_FALSE(front.stream().is_open());
}

TEST_CASE_TEMPLATE("a stream leads to a unix socket", Front, blocking_front, awaiting_front) {
    temporary_folder folder;
    listen_options options;
    options.unix_path = folder.path / "socket";
    test_server server(options, greet);
    Front front;
    REQUIRE_FALSE(front.connect(endpoint{{}, 0, options.unix_path}));
    CHECK(read_until(front, 5) == "hello");
}

TEST_CASE_TEMPLATE("a name with several addresses is tried until one answers", Front, blocking_front, awaiting_front) {
    test_server server({}, greet);  // on 127.0.0.1 alone; localhost is ::1 as well where there is IPv6
    Front front;
    REQUIRE_FALSE(front.connect(endpoint{"localhost", server.port(), {}}));
    CHECK(read_until(front, 5) == "hello");
}

TEST_CASE_TEMPLATE("a refused connection says so and names the address", Front, blocking_front, awaiting_front) {
    auto port = unused_port();
    Front front;
    CHECK(front.connect(endpoint{"127.0.0.1", port, {}}) == std::errc::connection_refused);
    CHECK(front.why == "Connection refused (127.0.0.1:" + std::to_string(port) + ")");
}

TEST_CASE_TEMPLATE("a host that is none is unknown", Front, blocking_front, awaiting_front) {
    Front front;
    CHECK(front.connect(endpoint{std::string(70, 'a') + ".invalid", 25, {}}) == net::errc::host_unknown);
    CHECK(front.why.find("host unknown") != std::string::npos);
}

TEST_CASE_TEMPLATE("a unix socket that is not there, or whose path is too long", Front, blocking_front,
                   awaiting_front) {
    Front front;
    CHECK(front.connect(endpoint{{}, 0, "/no/such/socket"}) == std::errc::no_such_file_or_directory);
    CHECK(front.connect(endpoint{{}, 0, '/' + std::string(300, 'x')}) == std::errc::filename_too_long);
}

TEST_CASE_TEMPLATE("the source address is bound before connecting", Front, blocking_front, awaiting_front) {
    test_server server({}, greet);
    net::connect_options options;
    options.source = endpoint{"127.0.0.7", 0, {}};
    Front front;
    REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}, options));
    CHECK(read_until(front, 5) == "hello");

    options.source = endpoint{"192.0.2.1", 0, {}};  // RFC 5737: nobody's address
    CHECK(front.connect(endpoint{"127.0.0.1", server.port(), {}}, options) == std::errc::address_not_available);
    options.source = endpoint{"::1", 0, {}};
    CHECK(front.connect(endpoint{"127.0.0.1", server.port(), {}}, options) == std::errc::address_family_not_supported);
}
