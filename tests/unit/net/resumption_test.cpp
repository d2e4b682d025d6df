#include <doctest/doctest.h>
#include <openssl/ssl.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/net/tls_cache.hpp>
#include <thread>

#include "net/handshake.hpp"

namespace asio = boost::asio;
using namespace postrider;
using namespace postrider::test;
using net::endpoint;

namespace {

/// Our own server side: it answers each octet with another, and counts the handshakes that resumed a session.
class counting_server {
public:
    explicit counting_server(net::tls_context_ptr tls)
        : tls_(std::move(tls)), acceptor_(context_, {asio::ip::address_v4::loopback(), 0}) {
        asio::co_spawn(context_, serve(), asio::detached);
        thread_ = std::thread([this] { context_.run(); });
    }
    ~counting_server() {
        context_.stop();
        thread_.join();
    }
    counting_server(counting_server const&) = delete;

    endpoint where() const { return {"127.0.0.1", acceptor_.local_endpoint().port(), {}}; }
    int handshakes() const { return handshakes_; }
    int resumed() const { return resumed_; }

private:
    asio::awaitable<void> serve() {
        for (;;) {
            auto socket = co_await acceptor_.async_accept(asio::use_awaitable);
            net::async_stream stream(std::move(socket));
            error_code ec = co_await stream.accept_tls(tls_, within(soon));
            if (ec) continue;
            ++handshakes_;
            if (stream.tls_peer()->resumed) ++resumed_;
            char room[1];
            auto got = co_await stream.read_some(room, within(soon));
            std::string_view answer = "y";
            if (got) ec = co_await stream.write_all({&answer, 1}, within(soon));
            co_await stream.shut_down(within(soon));
        }
    }

    net::tls_context_ptr tls_;
    asio::io_context context_;
    asio::ip::tcp::acceptor acceptor_;
    std::atomic<int> handshakes_ = 0, resumed_ = 0;
    std::thread thread_;
};

/// A connection to `where` under `host`, an octet there and one back. Returns whether it resumed a session.
template <class Front>
bool call_on(endpoint const& where, net::tls_context_ptr const& tls, std::string const& host) {
    Front front;
    REQUIRE_FALSE(front.connect(where));
    auto const ec = front.start_tls(tls, host);
    REQUIRE_MESSAGE(!ec, front.stream().last_error_detail());
    REQUIRE_FALSE(front.write({"x"}));
    CHECK(read_until(front, 1) == "y");
    auto const peer = front.stream().tls_peer();
    CHECK(peer->trust != net::tls_trust::nobody);
    CHECK(peer->subject == "CN=localhost");
    char room[1];
    CHECK_FALSE(front.read(room));
    front.finish();
    return peer->resumed;
}

struct trusted_server {
    trusted_server() { options.ca_file = write_file(folder.path / "ca.pem", net::certificate_pem(*tls)); }
    net::tls_context_ptr context(net::tls_cache& cache, net::tls_options const& wish) const {
        std::string words;
        auto made = cache.context_for(wish, server.where(), words);
        REQUIRE_MESSAGE(made.has_value(), words);
        return *made;
    }
    net::tls_context_ptr context(net::tls_cache& cache) const { return context(cache, options); }

    std::string why;
    net::tls_context_ptr tls = net::self_signed_server_tls(why).value();
    counting_server server{tls};
    temporary_folder folder;
    net::tls_options options;
};

}  // namespace

TEST_CASE_TEMPLATE("a session is resumed by the next connection to the same server", Front, blocking_front,
                   awaiting_front) {
    trusted_server there;
    net::tls_cache cache;
    CHECK_FALSE(call_on<Front>(there.server.where(), there.context(cache), "localhost"));
    for (int i = 0; i < 5; ++i) CHECK(call_on<Front>(there.server.where(), there.context(cache), "localhost"));
    CHECK(there.server.handshakes() == 6);
    CHECK(there.server.resumed() == 5);
}

TEST_CASE_TEMPLATE("hazard 67: a session serves the same name under the same options alone", Front, blocking_front,
                   awaiting_front) {
    trusted_server there;
    net::tls_cache cache;
    auto const where = there.server.where();
    CHECK_FALSE(call_on<Front>(where, there.context(cache), "localhost"));
    CHECK_FALSE(call_on<Front>(where, there.context(cache), "127.0.0.1"));
    CHECK(call_on<Front>(where, there.context(cache), "127.0.0.1"));

    auto stricter = there.options;
    stricter.least_version = net::tls_version::tls_1_3;
    CHECK_FALSE(call_on<Front>(where, there.context(cache, stricter), "localhost"));
    auto pinned = there.options;
    pinned.fingerprints = {std::string(64, '0')};
    Front front;
    REQUIRE_FALSE(front.connect(where));
    CHECK(front.start_tls(there.context(cache, pinned), "localhost") == io_errc::tls_failed);

    std::string why;
    endpoint const elsewhere{"127.0.0.1", 1, {}};
    CHECK_FALSE(call_on<Front>(where, cache.context_for(there.options, elsewhere, why).value(), "localhost"));
    net::tls_cache other;
    CHECK_FALSE(call_on<Front>(where, there.context(other), "localhost"));
    CHECK(call_on<Front>(where, there.context(cache), "localhost"));
}

TEST_CASE_TEMPLATE("a context that no cache made keeps no session", Front, blocking_front, awaiting_front) {
    trusted_server there;
    auto const tls = client_tls_by(there.options);
    for (int i = 0; i < 2; ++i) CHECK_FALSE(call_on<Front>(there.server.where(), tls, "localhost"));
    CHECK(there.server.resumed() == 0);
}

TEST_CASE_TEMPLATE("a session of TLS 1.2 is resumed as well", Front, blocking_front, awaiting_front) {
    certificate shown;
    listen_options listening;
    listening.shown = &shown;
    listening.newest_tls = TLS1_2_VERSION;
    test_server server(listening, [](connection& peer, SSL_CTX* tls) {
        if (peer.start_tls(tls) && !peer.read_some(1).empty()) peer.write("y");
        peer.finish_tls();
    });
    net::tls_cache cache;
    net::tls_options options;
    options.ca_file = shown.file;
    std::string why;
    endpoint const where{"127.0.0.1", server.port(), {}};
    auto const tls = cache.context_for(options, where, why).value();
    CHECK_FALSE(call_on<Front>(where, tls, "localhost"));
    for (int i = 0; i < 3; ++i) CHECK(call_on<Front>(where, tls, "localhost"));
}

TEST_CASE_TEMPLATE("a server that has forgotten its sessions gets a whole handshake", Front, blocking_front,
                   awaiting_front) {
    trusted_server there;
    net::tls_cache cache;
    auto const tls = there.context(cache);
    CHECK_FALSE(call_on<Front>(there.server.where(), tls, "localhost"));
    std::string why;
    trusted_server restarted;
    CHECK(call_on<Front>(there.server.where(), tls, "localhost"));
    Front front;  // another server: the ticket says nothing to it, and its certificate is looked at
    REQUIRE_FALSE(front.connect(restarted.server.where()));
    CHECK(front.start_tls(tls, "localhost") == io_errc::tls_failed);
}

TEST_CASE("a cache has one context for a server, and forgets the oldest of very many") {
    net::tls_cache cache;
    certificate shown;
    net::tls_options options;
    options.ca_file = shown.file;
    std::string why;
    auto const of = [&](std::uint16_t port) {
        return cache.context_for(options, {"mx.example", port, {}}, why).value();
    };
    auto const first = of(1);
    CHECK(of(1) == first);
    CHECK(of(2) != first);
    for (std::uint16_t port = 3; port <= limits::tls_servers + 1; ++port) of(port);
    CHECK(of(1) != first);
    options.ca_file = "/no/such/file";
    CHECK(cache.context_for(options, {"mx.example", 1, {}}, why).error() == io_errc::tls_failed);
    CHECK(why.find("/no/such/file") != why.npos);
}
