#include <cstddef>
#include <string>

#include "net/handshake.hpp"

using namespace postrider;
using namespace postrider::test;
using namespace std::chrono_literals;

namespace {

/// Reads nothing while what it said has not been taken: over a unix socket that is after a fifth of a megabyte.
void echo(connection& peer, SSL_CTX*) {
    for (auto octets = peer.read_some(4096); !octets.empty(); octets = peer.read_some(4096))
        if (!peer.write(octets)) return;
}

/// A front to such a peer, in clear or under TLS.
template <class Front>
struct conversation {
    explicit conversation(bool tls) : server(by(tls), tls ? echo_over_tls : echo) {
        REQUIRE_FALSE(front.connect(net::endpoint{{}, 0, path()}));
        if (tls) REQUIRE_FALSE(front.start_tls(trusting(shown.file), "localhost"));
    }
    std::string path() const { return folder.path / "socket"; }
    listen_options by(bool tls) const {
        listen_options options;
        options.unix_path = path();
        if (tls) options.shown = &shown;
        return options;
    }

    temporary_folder folder;
    certificate shown;
    test_server server;
    Front front;
};

std::string numbers(std::size_t octets) {
    std::string text;
    for (int i = 0; text.size() < octets; ++i) text += std::to_string(i) + ' ';
    text.resize(octets);
    return text;
}

}  // namespace

TEST_CASE_TEMPLATE("a peer that reads nothing until it has been heard does not stop a write", Front, blocking_front,
                   awaiting_front) {
    for (bool const tls : {false, true}) {
        CAPTURE(tls);
        conversation<Front> with(tls);
        std::string const said = numbers(1'000'000);
        for (int round = 0; round < 2; ++round) {
            REQUIRE_FALSE(with.front.write({said}));
            CHECK((read_until(with.front, said.size()) == said));
        }
    }
}

TEST_CASE_TEMPLATE("hazard 82: what is kept for later has a limit, and the write a deadline", Front, blocking_front,
                   awaiting_front) {
    for (bool const tls : {false, true}) {
        CAPTURE(tls);
        conversation<Front> with(tls);
        CHECK(with.front.write({numbers(8'000'000)}, 500ms) == io_errc::timed_out);
    }
}

TEST_CASE_TEMPLATE("octets in clear that were kept are no part of the TLS session", Front, blocking_front,
                   awaiting_front) {
    conversation<Front> with(false);
    REQUIRE_FALSE(with.front.write({numbers(1'000'000)}));
    CHECK(with.front.start_tls(trusting(with.shown.file), "localhost") == io_errc::tls_failed);
    CHECK_FALSE(with.front.stream().secure());
}
