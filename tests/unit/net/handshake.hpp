#pragma once
#include <doctest/doctest.h>

#include <postrider/net/tls.hpp>
#include <postrider/proto/step.hpp>
#include <string>
#include <utility>

#include "net/certificate.hpp"
#include "net/streams.hpp"
#include "net/test_server.hpp"

/// What cases about TLS share.
namespace postrider::test {

inline net::tls_context_ptr client_tls_by(net::tls_options const& options) {
    std::string why;
    auto made = net::client_tls(options, why);
    REQUIRE_MESSAGE(made, why);
    return *made;
}

inline net::tls_context_ptr trusting(std::string const& ca_file) {
    net::tls_options options;
    options.ca_file = ca_file;
    return client_tls_by(options);
}

inline void echo_over_tls(connection& peer, SSL_CTX* tls) {
    if (!peer.start_tls(tls)) return;
    for (auto octets = peer.read_some(4096); !octets.empty(); octets = peer.read_some(4096)) peer.write(octets);
}

/// A handshake with a server that shows `shown`, by a client that trusts it, as `host`.
template <class Front>
struct handshake {
    handshake(certificate const& shown, net::tls_context_ptr tls, std::string const& host, int newest_tls = 0)
        : handshake(options(shown, newest_tls), std::move(tls), host) {}
    handshake(listen_options const& server_options, net::tls_context_ptr tls, std::string const& host)
        : server(server_options, echo_over_tls) {
        REQUIRE_FALSE(front.connect(net::endpoint{"127.0.0.1", server.port(), {}}));
        outcome = front.start_tls(std::move(tls), host);
    }
    static listen_options options(certificate const& shown, int newest_tls) {
        listen_options options;
        options.shown = &shown;
        options.newest_tls = newest_tls;
        return options;
    }
    bool refused_for(std::string const& words) {
        INFO(outcome.message() << ": " << front.stream().last_error_detail());
        CHECK(outcome == io_errc::tls_failed);
        CHECK_FALSE(front.stream().secure());
        CHECK(front.stream().last_error_detail().find(words) != std::string::npos);
        return outcome == io_errc::tls_failed && front.stream().last_error_detail().find(words) != std::string::npos;
    }

    test_server server;
    Front front;
    error_code outcome;
};

}  // namespace postrider::test
