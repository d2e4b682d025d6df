#include <doctest/doctest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <postrider/proto/step.hpp>

#include "net/streams.hpp"
#include "net/test_server.hpp"

namespace asio = boost::asio;
using namespace postrider;
using namespace postrider::test;
using net::endpoint;

namespace {

void say_nothing(connection& peer, SSL_CTX*) {
    peer.wait_for_end();
}

asio::awaitable<error_code> read_for_long(net::async_stream& stream) {
    char room[16];
    auto got = co_await stream.read_some(room, within(soon));
    co_return got ? error_code() : got.error();
}

/// Accepts one connection and speaks TLS with a certificate made for the occasion.
asio::awaitable<error_code> serve_once(asio::ip::tcp::acceptor& acceptor, net::tls_context_ptr tls) {
    auto socket = co_await acceptor.async_accept(asio::use_awaitable);
    net::async_stream stream(std::move(socket));
    error_code ec = co_await stream.accept_tls(tls, within(soon));
    if (ec) co_return ec;
    char room[64];
    auto got = co_await stream.read_some(room, within(soon));
    if (!got) co_return got.error();
    std::string_view echoed(room, *got);
    ec = co_await stream.write_all({&echoed, 1}, within(soon));
    co_await stream.shut_down(within(soon));
    co_return ec;
}

}  // namespace

TEST_CASE("cancel ends what is awaited, and is no timeout") {
    test_server server({}, say_nothing);
    awaiting_front front;
    REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}));
    std::optional<error_code> outcome;
    asio::co_spawn(front.context(), read_for_long(front.stream()),
                   [&](std::exception_ptr, error_code ec) { outcome = ec; });
    asio::post(front.context(), [&] { asio::post(front.context(), [&] { front.stream().cancel(); }); });
    front.context().restart();
    front.context().run();
    REQUIRE(outcome);
    CHECK(*outcome == io_errc::cancelled);
    CHECK(front.stream().is_open());
}

TEST_CASE("a cancellation slot ends what is awaited") {
    test_server server({}, say_nothing);
    awaiting_front front;
    REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}));
    asio::cancellation_signal signal;
    std::optional<error_code> outcome;
    auto note = [&](std::exception_ptr, error_code ec) { outcome = ec; };
    asio::co_spawn(front.context(), read_for_long(front.stream()), asio::bind_cancellation_slot(signal.slot(), note));
    asio::post(front.context(),
               [&] { asio::post(front.context(), [&] { signal.emit(asio::cancellation_type::terminal); }); });
    front.context().restart();
    front.context().run();
    REQUIRE(outcome);
    CHECK(*outcome == io_errc::cancelled);
}

TEST_CASE("a timer that is not needed any more does not keep the context running") {
    test_server server({}, [](connection& peer, SSL_CTX*) {
        peer.write("x");
        peer.wait_for_end();
    });
    awaiting_front front;
    REQUIRE_FALSE(front.connect(endpoint{"127.0.0.1", server.port(), {}}));
    char room[16];
    auto begun = std::chrono::steady_clock::now();
    CHECK(front.read(room, std::chrono::minutes(5)));
    CHECK(std::chrono::steady_clock::now() - begun < soon);
}

TEST_CASE("a certificate made at run time serves a client that trusts it") {
    std::string why;
    auto tls = net::self_signed_server_tls(why).value();
    temporary_folder folder;
    net::tls_options options;
    options.ca_file = write_file(folder.path / "ca.pem", net::certificate_pem(*tls));
    auto trusted = net::client_tls(options, why).value();
    for (auto const* host : {"localhost", "127.0.0.1", "::1"}) {
        asio::io_context context;
        asio::ip::tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
        auto port = acceptor.local_endpoint().port();
        std::thread client([&, host] {
            blocking_front front;
            CHECK_FALSE(front.connect(endpoint{"127.0.0.1", port, {}}));
            CHECK_FALSE_MESSAGE(front.start_tls(trusted, host), front.stream().last_error_detail());
            CHECK_FALSE(front.write({"hello ", "there"}));
            CHECK(read_until(front, 11) == "hello there");
            char room[16];
            CHECK(front.read(room).error() == io_errc::end_of_stream);
        });
        CHECK_FALSE(run(context, serve_once(acceptor, tls)));
        client.join();
    }
}
