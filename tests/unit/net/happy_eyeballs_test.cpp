#include <doctest/doctest.h>

#include <filesystem>
#include <postrider/proto/step.hpp>

#include "net/streams.hpp"
#include "net/test_server.hpp"

using namespace postrider;
using namespace postrider::test;
using namespace std::chrono_literals;
using net::endpoint;
using hosts = std::vector<std::string>;

/// RFC 8305 over real sockets.

namespace {

void greet(connection& peer, SSL_CTX*) {
    peer.write("hello");
    peer.wait_for_end();
}

net::connect_options leading_to(hosts addresses, std::chrono::milliseconds delay = 50ms) {
    net::connect_options options;
    options.lookup = [addresses](std::string const&) { return addresses; };
    options.attempt_delay = delay;
    return options;
}

auto open_files() {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
}

}  // namespace

TEST_CASE_TEMPLATE("an address that swallows packets costs one delay", Front, blocking_front, awaiting_front) {
    test_server server({}, greet);
    full_listener silent("127.0.0.2", server.port());
    Front front;
    auto const begun = std::chrono::steady_clock::now();
    REQUIRE_FALSE(
        front.connect(endpoint{"mx.example", server.port(), {}}, leading_to({"127.0.0.2", "127.0.0.1"}, 100ms)));
    auto const took = std::chrono::steady_clock::now() - begun;
    CHECK(took >= 100ms);
    CHECK(took < 1s);
    CHECK(read_until(front, 5) == "hello");
}

TEST_CASE_TEMPLATE("an address that refuses costs nothing", Front, blocking_front, awaiting_front) {
    test_server server({}, greet);
    Front front;
    auto const begun = std::chrono::steady_clock::now();
    auto const options = leading_to({"::1", "127.0.0.3", "127.0.0.2", "127.0.0.1"}, 1min);
    REQUIRE_FALSE(front.connect(endpoint{"mx.example", server.port(), {}}, options));
    CHECK(std::chrono::steady_clock::now() - begun < 1s);
    CHECK(read_until(front, 5) == "hello");
}

TEST_CASE_TEMPLATE("the losers are closed", Front, blocking_front, awaiting_front) {
    test_server server({}, greet);
    full_listener second("127.0.0.2", server.port()), third("127.0.0.3", server.port());
    Front front;
    auto const options = leading_to({"127.0.0.2", "127.0.0.3", "127.0.0.1"});
    REQUIRE_FALSE(front.connect(endpoint{"mx.example", server.port(), {}}, options));  // an executor opens its own
    CHECK(read_until(front, 5) == "hello");
    auto const before = open_files();
    Front other;
    REQUIRE_FALSE(front.connect(endpoint{"mx.example", server.port(), {}}, options));
    CHECK(read_until(front, 5) == "hello");
    auto after = open_files();
    for (int i = 0; i < 100 && after > before; ++i, after = open_files()) std::this_thread::sleep_for(5ms);
    CHECK(after <= before);
}

TEST_CASE_TEMPLATE("the deadline is that of all attempts together, and each is named", Front, blocking_front,
                   awaiting_front) {
    auto const port = unused_port();
    full_listener second("127.0.0.2", port), third("127.0.0.3", port);
    Front front;
    auto const begun = std::chrono::steady_clock::now();
    auto const options = leading_to({"127.0.0.1", "127.0.0.2", "127.0.0.3"}, 20ms);
    CHECK(front.connect(endpoint{"mx.example", port, {}}, options, 200ms) == io_errc::timed_out);
    auto const took = std::chrono::steady_clock::now() - begun;
    CHECK(took >= 200ms);
    CHECK(took < 1s);
    auto const at = ":" + std::to_string(port) + ")";
    CHECK(front.why == "Connection refused (127.0.0.1" + at + "; the deadline passed (127.0.0.2" + at +
                           "; the deadline passed (127.0.0.3" + at);
}

TEST_CASE_TEMPLATE("a source address leaves the addresses of its family", Front, blocking_front, awaiting_front) {
    test_server server({}, greet);
    auto options = leading_to({"::1", "127.0.0.1"});
    options.source = endpoint{"127.0.0.7", 0, {}};
    Front front;
    REQUIRE_FALSE(front.connect(endpoint{"mx.example", server.port(), {}}, options));
    CHECK(read_until(front, 5) == "hello");

    options = leading_to({"::1"});
    options.source = endpoint{"127.0.0.7", 0, {}};
    CHECK(front.connect(endpoint{"mx.example", server.port(), {}}, options) == std::errc::address_family_not_supported);
    CHECK(front.why.find("([::1]:") != std::string::npos);
}

TEST_CASE_TEMPLATE("a source may be a port alone, which one connection after the other can have", Front, blocking_front,
                   awaiting_front) {
    test_server server({}, greet);
    net::connect_options options;
    options.source = endpoint{{}, unused_port(), {}};
    Front front;
    REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}, options));
    CHECK(read_until(front, 5) == "hello");
    options.source->port = 0;
    REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}, options));
}
