#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <postrider/server/async_listener.hpp>

#include <array>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>

using namespace postrider;
using std::chrono::milliseconds;

namespace {

/// A client's socket, made before descriptors run out.
struct client {
    int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    ~client() { close(); }
    client() = default;
    client(client const&) = delete;
    void close() {
        if (descriptor >= 0) ::close(descriptor);
        descriptor = -1;
    }
    void connect(std::uint16_t port) const {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(port);
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::connect(descriptor, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0);
    }
};

/// Waits for the peer to close.
boost::asio::awaitable<void> until_closed(net::async_stream stream) {
    std::array<char, 16> room;
    for (;;) {
        auto got = co_await stream.read_some(room, std::chrono::steady_clock::now() + std::chrono::seconds(20));
        if (!got) co_return;
    }
}

struct listening {
    explicit listening(std::size_t most) : listener(io.get_executor(), most) {
        std::string why;
        auto ec = listener.bind({"127.0.0.1", 0, {}}, why);
        INFO(why);
        REQUIRE_FALSE(ec);
        listener.start(until_closed);
    }
    std::uint16_t port() const { return listener.local().port; }
    bool has(std::size_t connections, milliseconds at_most = milliseconds(5000)) {
        for (auto end = std::chrono::steady_clock::now() + at_most; std::chrono::steady_clock::now() < end;) {
            io.run_for(milliseconds(10));
            if (listener.connections() == connections) return true;
        }
        return false;
    }

    boost::asio::io_context io{1};
    server::async_listener listener;
};

/// Fewer descriptors for a while: those that are open, and no more.
struct no_more_descriptors {
    no_more_descriptors() {
        getrlimit(RLIMIT_NOFILE, &before);
        int next = ::dup(0);
        ::close(next);
        rlimit none = before;
        none.rlim_cur = static_cast<rlim_t>(next);
        setrlimit(RLIMIT_NOFILE, &none);
    }
    ~no_more_descriptors() { setrlimit(RLIMIT_NOFILE, &before); }
    no_more_descriptors(no_more_descriptors const&) = delete;
    rlimit before{};
};

}  // namespace

TEST_CASE("connections beyond the cap wait until there is room") {
    listening on(2);
    client first, second, third;
    for (auto* one : {&first, &second, &third}) one->connect(on.port());
    CHECK(on.has(2));
    CHECK_FALSE(on.has(3, milliseconds(200)));
    first.close();
    second.close();
    CHECK(on.has(1));
    third.close();
    CHECK(on.has(0));
}

TEST_CASE("a listener that has stopped takes no more, lets its connections go on, and knows where it listened") {
    listening on(10);
    auto const port = on.port();
    client one;
    one.connect(port);
    CHECK(on.has(1));
    on.listener.stop();
    CHECK(on.port() == port);
    CHECK_FALSE(on.has(0, milliseconds(100)));
    one.close();
    CHECK(on.has(0));
    CHECK(on.io.run_for(milliseconds(100)) == 0);
}

TEST_CASE("hazard 54: when descriptors run out it waits, without spinning, and then goes on") {
    listening on(10);
    client one;
    REQUIRE(on.has(0));
    {
        no_more_descriptors now;
        one.connect(on.port());
        auto before = std::clock();
        CHECK_FALSE(on.has(1, milliseconds(500)));
        CHECK(std::clock() - before < CLOCKS_PER_SEC / 4);
    }
    CHECK(on.has(1));
}

TEST_CASE("what cannot be bound is told") {
    boost::asio::io_context io;
    server::async_listener listener(io.get_executor(), 1);
    std::string why;
    CHECK(listener.bind({"192.0.2.1", 0, {}}, why) == std::errc::address_not_available);
    CHECK(why.find("192.0.2.1") != std::string::npos);
    std::string const long_path(200, 'x');
    CHECK(server::async_listener(io.get_executor(), 1).bind({"", 0, '/' + long_path}, why) ==
          std::errc::filename_too_long);
    CHECK(server::async_listener(io.get_executor(), 1).bind({"", 0, "/nowhere/socket"}, why) ==
          std::errc::no_such_file_or_directory);
    CHECK(why.find("/nowhere/socket") != std::string::npos);
}
