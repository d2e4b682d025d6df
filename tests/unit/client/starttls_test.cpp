#include <doctest/doctest.h>

#include <thread>

#include "client/fronts.hpp"
#include "client/mail_server.hpp"

using namespace postrider;
using namespace postrider::test;
using lines = std::vector<std::string>;

/// Who stands between a client and its server, and what comes of it.

namespace {

smtp::client_options trusting(certificate const& shown) {
    smtp::client_options options;
    options.local_hostname = "me.example";
    options.timeout = soon;
    options.tls.ca_file = shown.file;
    return options;
}

}  // namespace

TEST_CASE_TEMPLATE("hazard 65: STARTTLS struck out on the way is not offered, and no password follows", Front,
                   blocking_client, awaiting_client) {
    certificate shown;
    for (auto const* in_its_place : {"XXXXXXXA", "STARTTLSX", "X-STARTTLS", "AUTH STARTTLS"}) {
        dialogue said;
        said.extensions = {in_its_place, "AUTH PLAIN LOGIN"};
        mail_server server(said);
        Front front;
        auto const refused = front.connect(server.url() + "?starttls=required", trusting(shown));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().failure.kind() == smtp::errc::tls_error);
        CHECK(server.heard() == lines{"EHLO me.example"});
    }
}

TEST_CASE_TEMPLATE("hazard 65: by hand too, STARTTLS that is not offered is no STARTTLS", Front, blocking_client,
                   awaiting_client) {
    mail_server server({});
    certificate shown;
    Front front;
    REQUIRE(front.connect(server.url() + "?starttls=off", trusting(shown)));
    CHECK_THROWS_AS(front.starttls(), smtp::not_supported);
    CHECK(server.heard() == lines{"EHLO me.example"});
}

TEST_CASE_TEMPLATE("hazard 64: octets in clear that come later than the 220 are no part of TLS", Front, blocking_client,
                   awaiting_client) {
    certificate shown;
    std::string injected;
    test_server server({}, [&](connection& peer, SSL_CTX*) {
        peer.write("220 mx.example\r\n");
        for (auto line = peer.read_line(); line && *line != "STARTTLS"; line = peer.read_line())
            peer.write("250-mx.example\r\n250 STARTTLS\r\n");
        peer.write("220 go ahead\r\n");
        peer.read_some(1);  // the client has begun its handshake: it has seen the 220 alone
        peer.write(injected);
        peer.wait_for_end();
    });
    for (auto const* octets : {"250-mx.example\r\n250 AUTH PLAIN\r\n", "2", "\r\n"}) {
        injected = octets;
        Front front;
        auto all = trusting(shown);
        all.timeout = std::chrono::milliseconds(500);
        auto const refused = front.connect("smtp://" + server.address() + "?starttls=required", all);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().failure.where == phase::tls);
        CHECK_FALSE(front.is_connected());
        CHECK_FALSE(front.client().engine().secure());
    }
}

TEST_CASE_TEMPLATE("hazard 139: what a server offered before TLS does not count after it", Front, blocking_client,
                   awaiting_client) {
    certificate shown;
    listen_options options;
    options.shown = &shown;
    dialogue said;
    said.extensions = {"STARTTLS", "AUTH PLAIN", "SIZE 1"};
    said.extensions_under_tls = {"AUTH SCRAM-SHA-256"};
    mail_server server(said, options);
    Front front;
    REQUIRE(front.connect(server.url() + "?starttls=required", trusting(shown)));
    CHECK(front.client().engine().ehlo_extensions().auth_mechanisms() == lines{"SCRAM-SHA-256"});
    CHECK_FALSE(front.client().engine().ehlo_extensions().size_limit());
}
