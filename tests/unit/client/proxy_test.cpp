#include <doctest/doctest.h>

#include <postrider/client/proxy_url.hpp>
#include <postrider/net/error.hpp>

#include "client/fronts.hpp"
#include "client/mail_server.hpp"
#include "net/relay_proxy.hpp"

using namespace postrider;
using namespace postrider::test;
using names = std::vector<std::string>;
using kind = relay_proxy::kind;

/// A way through a proxy, for the blocking and the awaiting client alike.

namespace {

/// Nobody but the proxy may look a name up.
result<names> asked_in_vain(std::string const&) {
    return make_error_code(net::errc::lookup_failed);
}

smtp::client_options through(std::string const& proxy, std::chrono::milliseconds timeout = soon) {
    smtp::client_options options;
    options.local_hostname = "me.example";
    options.timeout = timeout;
    options.lookup = asked_in_vain;
    std::string why;
    options.proxy = smtp::parse_proxy_url(proxy, why).value();
    return options;
}

std::string url_of(mail_server const& server, std::string const& policy = "?starttls=off") {
    return "smtp://mx.example:" + std::to_string(server.port()) + policy;
}

template <class Front>
smtp::failure failure_through(std::string const& proxy, std::string const& url,
                              std::chrono::milliseconds timeout = soon) {
    Front front;
    auto const outcome = front.connect(url, through(proxy, timeout));
    REQUIRE_FALSE(outcome);
    CHECK_FALSE(front.is_connected());
    return outcome.error().failure;
}

}  // namespace

TEST_CASE_TEMPLATE("mail goes through a proxy, which looks the server's name up", Front, blocking_client,
                   awaiting_client) {
    for (auto const which : {kind::socks5, kind::http})
        for (auto const* user : {"", "user"}) {
            mail_server server({});
            relay_proxy proxy(which, server.port(), user, "secret");
            Front front;
            auto const opened = front.connect(url_of(server), through(proxy.url()));
            REQUIRE_MESSAGE(opened, to_string(opened.error().failure));
            CHECK(front.send(small_mail()));
            CHECK(front.quit().code == 221);
            CHECK(proxy.asked_for() == names{"mx.example:" + std::to_string(server.port())});
        }
}

TEST_CASE_TEMPLATE("TLS behind a proxy is with the server, by the server's name", Front, blocking_client,
                   awaiting_client) {
    certificate_wish wish;
    wish.alternative_names = "DNS:mx.example";
    certificate shown(wish);
    listen_options listening;
    listening.shown = &shown;
    dialogue said;
    said.extensions = {"STARTTLS"};
    mail_server server(said, listening);
    relay_proxy proxy(kind::http, server.port());
    auto options = through(proxy.url());
    options.tls.ca_file = shown.file;
    Front front;
    auto const opened = front.connect(url_of(server, ""), options);
    REQUIRE_MESSAGE(opened, to_string(opened.error().failure));
    CHECK(front.client().engine().secure());
    CHECK(front.send(small_mail()));
}

TEST_CASE_TEMPLATE("where the proxy does not lead nothing goes", Front, blocking_client, awaiting_client) {
    mail_server server({});
    auto const here = "smtp://127.0.0.1:" + std::to_string(server.port()) + "?starttls=off";
    for (auto const which : {kind::socks5, kind::http}) {
        relay_proxy proxy(which, server.port(), "user", "secret");
        auto const scheme = which == kind::http ? "http://" : "socks5://";
        auto why = failure_through<Front>(scheme + proxy.address(), url_of(server));
        CHECK(why.kind() == smtp::errc::connect_error);
        CHECK(why.where == phase::connect);
        CHECK(why.cause == proxy::errc::authentication_failed);
        CHECK(failure_through<Front>(scheme + std::string("user:wrong1@") + proxy.address(), url_of(server)).cause ==
              proxy::errc::authentication_failed);

        proxy.refuse_from_now_on();
        why = failure_through<Front>(proxy.url(), url_of(server));
        CHECK(why.cause == proxy::errc::refused);
        CHECK(why.detail.ends_with(" (by way of " + (scheme + proxy.address()) + ')'));
        CHECK(why.detail.find("secret") == std::string::npos);

        auto const nobody = scheme + ("127.0.0.1:" + std::to_string(unused_port()));
        why = failure_through<Front>(nobody, here);
        CHECK(why.cause == std::errc::connection_refused);
        CHECK(why.detail.find("(by way of " + nobody + ')') != std::string::npos);
    }
    CHECK(failure_through<Front>("socks5://" + server.address(), here).cause == proxy::errc::protocol_violated);
    CHECK(server.heard().size() <= 1);  // the octets of SOCKS, which are no command
}

TEST_CASE_TEMPLATE("hazard 81: a proxy that says nothing is a timeout", Front, blocking_client, awaiting_client) {
    test_server silent({}, [](connection& peer, SSL_CTX*) { peer.wait_for_end(); });
    for (auto const* scheme : {"http://", "socks5://"}) {
        auto const begun = std::chrono::steady_clock::now();
        auto const why = failure_through<Front>(scheme + silent.address(), "smtp://mx.example", at_once);
        CHECK(why.kind() == smtp::errc::timeout);
        CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(1));
    }
}

TEST_CASE_TEMPLATE("hazard 65: behind a proxy localhost is not this host: TLS is required, and for logins too", Front,
                   blocking_client, awaiting_client) {
    dialogue said;
    said.extensions = {"AUTH PLAIN"};
    mail_server server(said);
    relay_proxy proxy(kind::socks5, server.port());
    auto const port = std::to_string(server.port());
    CHECK(failure_through<Front>(proxy.url(), "smtp://localhost:" + port).kind() == smtp::errc::tls_error);
    CHECK(server.heard() == names{"EHLO me.example"});

    Front front;
    REQUIRE(front.connect("smtp://localhost:" + port + "?starttls=off", through(proxy.url())));
    auto const login = front.login("user", "secret");
    REQUIRE_FALSE(login);
    CHECK(login.error().failure.detail.find("TLS") != std::string::npos);
    CHECK(server.heard().size() == 2);
}

TEST_CASE_TEMPLATE("a unix socket is not reached through a proxy", Front, blocking_client, awaiting_client) {
    auto const why = failure_through<Front>("socks5://127.0.0.1:1", "lmtp:///run/lmtp");
    CHECK(why.cause == std::errc::invalid_argument);
    CHECK(why.detail.find("unix socket") != std::string::npos);
}
