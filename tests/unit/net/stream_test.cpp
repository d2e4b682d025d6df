#include <doctest/doctest.h>

#include <postrider/proto/step.hpp>

#include "net/streams.hpp"
#include "net/test_server.hpp"

using namespace postrider;
using namespace postrider::test;
using net::endpoint;

namespace {

void echo(connection& peer, SSL_CTX*) {
    for (auto octets = peer.read_some(4096); !octets.empty(); octets = peer.read_some(4096)) peer.write(octets);
}

void say_nothing(connection& peer, SSL_CTX*) {
    peer.wait_for_end();
}

/// Reads nothing, until the client is done with it.
struct deaf {
    std::shared_ptr<std::mutex> lock = std::make_shared<std::mutex>();
    void operator()(connection&, SSL_CTX*) const { std::lock_guard until_released(*lock); }
};

}  // namespace

TEST_CASE_TEMPLATE("pieces arrive as one, in order, the empty ones too", Front, blocking_front, awaiting_front) {
    test_server server({}, echo);
    Front front;
    REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}));
    std::string expected;
    std::vector<std::string> owned;
    for (int i = 0; i < 300; ++i) owned.push_back(std::to_string(i) + (i % 7 ? "," : ""));
    std::vector<std::string_view> pieces{""};
    for (auto const& piece : owned) {
        pieces.push_back(piece);
        pieces.push_back({});
        expected += piece;
    }
    REQUIRE_FALSE(front.write(pieces));
    CHECK(read_until(front, expected.size()) == expected);
    CHECK_FALSE(front.write({}));
}

TEST_CASE_TEMPLATE("hazard 81: a peer that says nothing is a timeout", Front, blocking_front, awaiting_front) {
    test_server server({}, say_nothing);
    Front front;
    REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}));
    char room[16];
    auto begun = std::chrono::steady_clock::now();
    CHECK(front.read(room, at_once).error() == io_errc::timed_out);
    auto waited = std::chrono::steady_clock::now() - begun;
    CHECK(waited >= at_once);
    CHECK(waited < soon);
    CHECK(front.stream().last_error_detail() == "the deadline passed");
}

TEST_CASE_TEMPLATE("hazard 82: a peer that never reads is a timeout", Front, blocking_front, awaiting_front) {
    deaf servant;
    std::unique_lock held(*servant.lock);
    test_server server({}, servant);
    Front front;
    REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}));
    std::string much(16 << 20, 'x');
    CHECK(front.write({much}, at_once) == io_errc::timed_out);
    front.stream().close();
    held.unlock();
}

TEST_CASE_TEMPLATE("an orderly end is told apart from an error", Front, blocking_front, awaiting_front) {
    test_server server({}, [](connection& peer, SSL_CTX*) { peer.write("bye"); });
    Front front;
    REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}));
    CHECK(read_until(front, 3) == "bye");
    char room[16];
    CHECK(front.read(room).error() == io_errc::end_of_stream);
}

TEST_CASE_TEMPLATE("writing to a peer that has gone is an error and no signal", Front, blocking_front, awaiting_front) {
    test_server server({}, [](connection&, SSL_CTX*) {});
    Front front;
    REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}));
    char room[16];
    CHECK_FALSE(front.read(room));
    error_code ec;
    for (int i = 0; i < 50 && !ec; ++i) {
        ec = front.write({"more"});
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    CHECK((ec == std::errc::broken_pipe || ec == std::errc::connection_reset));
}

TEST_CASE_TEMPLATE("a closed stream refuses every call", Front, blocking_front, awaiting_front) {
    test_server server({}, say_nothing);
    Front front;
    REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}));
    front.stream().close();
    front.stream().close();
    char room[16];
    CHECK(front.write({"x"}));
    CHECK_FALSE(front.read(room));
}
