#include <doctest/doctest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <latch>
#include <memory>
#include <postrider/net/error.hpp>
#include <postrider/proto/step.hpp>
#include <stdexcept>

#include "net/streams.hpp"
#include "net/test_server.hpp"

namespace asio = boost::asio;
using namespace postrider;
using namespace postrider::test;
using namespace std::chrono_literals;
using net::endpoint;
using hosts = std::vector<std::string>;

namespace {

endpoint const somewhere{"mx.example", 25, {}};

net::connect_options looking_up(net::name_lookup by) {
    net::connect_options options;
    options.lookup = std::move(by);
    return options;
}

/// A name server that does not answer while this stands.
struct silent_server {
    std::shared_ptr<std::latch> released = std::make_shared<std::latch>(1);
    net::connect_options options() const {
        return looking_up([held = released](std::string const&) {
            held->wait();
            return hosts{"127.0.0.1"};
        });
    }
    ~silent_server() { released->count_down(); }
};

asio::awaitable<error_code> connect_for_long(endpoint const& where, net::connect_options const& options) {
    std::string why;
    auto made = co_await net::async_connect(where, options, within(1min), why);
    co_return made ? error_code() : made.error();
}

}  // namespace

TEST_CASE_TEMPLATE("hazard 81: a name server that does not answer is a timeout, at the deadline", Front, blocking_front,
                   awaiting_front) {
    silent_server dns;
    Front front;
    auto const begun = std::chrono::steady_clock::now();
    CHECK(front.connect(somewhere, dns.options(), at_once) == io_errc::timed_out);
    auto const took = std::chrono::steady_clock::now() - begun;
    CHECK(took >= at_once);
    CHECK(took < 1s);
    CHECK(front.why == "the deadline passed (mx.example:25)");
}

TEST_CASE("a lookup ends when it is cancelled") {
    silent_server dns;
    asio::io_context context;
    asio::cancellation_signal signal;
    std::optional<error_code> outcome;
    auto note = [&](std::exception_ptr, error_code ec) { outcome = ec; };
    auto const options = dns.options();
    asio::co_spawn(context, connect_for_long(somewhere, options), asio::bind_cancellation_slot(signal.slot(), note));
    asio::steady_timer soon_after(context, 50ms);
    soon_after.async_wait([&](auto) { signal.emit(asio::cancellation_type::terminal); });
    auto const begun = std::chrono::steady_clock::now();
    context.run();
    CHECK(std::chrono::steady_clock::now() - begun < 1s);
    REQUIRE(outcome);
    CHECK(*outcome == io_errc::cancelled);
}

TEST_CASE("attempts to connect end when they are cancelled") {
    auto const port = unused_port();
    full_listener silent("127.0.0.2", port);
    asio::io_context context;
    asio::cancellation_signal signal;
    std::optional<error_code> outcome;
    auto note = [&](std::exception_ptr, error_code ec) { outcome = ec; };
    endpoint const where{"127.0.0.2", port, {}};
    net::connect_options const options;
    asio::co_spawn(context, connect_for_long(where, options), asio::bind_cancellation_slot(signal.slot(), note));
    asio::steady_timer soon_after(context, 50ms);
    soon_after.async_wait([&](auto) { signal.emit(asio::cancellation_type::terminal); });
    context.run();
    REQUIRE(outcome);
    CHECK(*outcome == io_errc::cancelled);
}

TEST_CASE_TEMPLATE("whoever looks names up may fail in any way", Front, blocking_front, awaiting_front) {
    Front front;
    auto const outcome = [&](net::name_lookup by) { return front.connect(somewhere, looking_up(std::move(by))); };
    CHECK(outcome([](std::string const&) { return hosts(); }) == net::errc::host_unknown);
    CHECK(outcome([](std::string const&) { return hosts{"mx.example"}; }) == net::errc::lookup_failed);
    CHECK(outcome([](std::string const&) { return make_error_code(net::errc::host_unknown); }) ==
          net::errc::host_unknown);
    CHECK(outcome([](std::string const&) -> result<hosts> { throw std::runtime_error("no"); }) ==
          net::errc::lookup_failed);
}

TEST_CASE_TEMPLATE("an address is not looked up", Front, blocking_front, awaiting_front) {
    test_server server({}, [](connection& peer, SSL_CTX*) { peer.wait_for_end(); });
    Front front;
    auto const options = looking_up([](std::string const&) -> result<hosts> { throw std::runtime_error("asked"); });
    CHECK_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}, options));
}
