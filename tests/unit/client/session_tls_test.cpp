#include <doctest/doctest.h>

#include <postrider/net/error.hpp>

#include "client/fronts.hpp"
#include "client/mail_server.hpp"
#include "client/named.hpp"
#include "client/refused.hpp"

using namespace postrider;
using namespace postrider::test;
using lines = std::vector<std::string>;

/// How TLS begins, and what becomes of a session that was to have it, for the blocking and the awaiting client alike.

namespace {

smtp::client_options trusting(certificate const& shown) {
    auto options = named();
    options.tls.ca_file = shown.file;
    return options;
}

dialogue offering_starttls() {
    dialogue said;
    said.extensions = {"STARTTLS", "8BITMIME"};
    said.extensions_under_tls = {"AUTH PLAIN LOGIN", "8BITMIME"};
    return said;
}

listen_options showing(certificate const& shown) {
    listen_options options;
    options.shown = &shown;
    return options;
}

}  // namespace

TEST_CASE_TEMPLATE("STARTTLS is used where the policy asks, and hello is said again", Front, blocking_client,
                   awaiting_client) {
    certificate shown;
    mail_server server(offering_starttls(), showing(shown));
    Front front;
    auto opened = front.connect(server.url() + "?starttls=required", trusting(shown));
    REQUIRE_MESSAGE(opened, to_string(opened.error().failure));
    CHECK(front.client().engine().secure());
    CHECK(front.client().tls_description().starts_with("TLSv1."));
    CHECK(front.client().engine().ehlo_extensions().has("auth"));
    CHECK(server.heard() == lines{"EHLO me.example", "STARTTLS", "EHLO me.example"});
    CHECK(front.send(small_mail()));
}

TEST_CASE_TEMPLATE("STARTTLS is off on loopback unless asked for", Front, blocking_client, awaiting_client) {
    certificate shown;
    mail_server server(offering_starttls(), showing(shown));
    Front front;
    REQUIRE(front.connect(server.url(), trusting(shown)));
    CHECK_FALSE(front.client().engine().secure());
    auto options = trusting(shown);
    options.starttls = smtp::starttls_policy::offered;
    Front asked;
    front.client().close();
    REQUIRE(asked.connect(server.url(), options));
    CHECK(asked.client().engine().secure());
}

TEST_CASE_TEMPLATE("hazard 65: TLS required and not offered is a failure", Front, blocking_client, awaiting_client) {
    mail_server server({});
    auto why = failure_to_connect<Front>(server.url() + "?starttls=required");
    CHECK(why.kind() == smtp::errc::tls_error);
    CHECK(why.where == phase::starttls);
    CHECK(server.heard() == lines{"EHLO me.example"});
    Front front;
    CHECK(front.connect(server.url() + "?starttls=offered", named()));
}

TEST_CASE_TEMPLATE("hazard 66: STARTTLS offered and refused is a failure, whatever the policy", Front, blocking_client,
                   awaiting_client) {
    for (auto const* reply : {"454 not now", "502 no", "250 sure"})
        for (auto const* policy : {"?starttls=offered", "?starttls=required"}) {
            auto said = offering_starttls();
            said.replies = {{"STARTTLS", reply}};
            mail_server server(said);
            auto why = failure_to_connect<Front>(server.url() + policy);
            CHECK(why.kind() == smtp::errc::tls_error);
            CHECK(server.heard() == lines{"EHLO me.example", "STARTTLS"});
        }
}

TEST_CASE_TEMPLATE("hazard 64: octets in clear behind the 220 to STARTTLS end the connection", Front, blocking_client,
                   awaiting_client) {
    certificate shown;
    auto said = offering_starttls();
    said.replies = {{"STARTTLS", "220 go ahead\r\n250-mx.example\r\n250 AUTH PLAIN"}};
    mail_server server(said, showing(shown));
    auto why = failure_to_connect<Front>(server.url() + "?starttls=required", trusting(shown));
    CHECK(why.kind() == smtp::errc::tls_error);
    CHECK(server.heard() == lines{"EHLO me.example", "STARTTLS"});
}

TEST_CASE_TEMPLATE("hazard 68: a certificate that nobody vouches for ends the session, and why is said", Front,
                   blocking_client, awaiting_client) {
    certificate shown;
    mail_server server(offering_starttls(), showing(shown));
    auto why = failure_to_connect<Front>(server.url() + "?starttls=required");
    CHECK(why.kind() == smtp::errc::tls_error);
    CHECK(why.where == phase::tls);
    CHECK(why.detail.find("self-signed certificate") != std::string::npos);

    certificate_wish elsewhere;
    elsewhere.alternative_names = "DNS:mx.example";
    certificate other(elsewhere);
    mail_server misnamed(offering_starttls(), showing(other));
    why = failure_to_connect<Front>(misnamed.url() + "?starttls=required", trusting(other));
    CHECK(why.detail.find("IP address mismatch") != std::string::npos);
}

TEST_CASE_TEMPLATE("smtps is TLS from the first octet", Front, blocking_client, awaiting_client) {
    certificate shown;
    dialogue said;
    said.tls_first = true;
    mail_server server(said, showing(shown));
    Front front;
    auto opened = front.connect(server.url("smtps"), trusting(shown));
    REQUIRE_MESSAGE(opened, to_string(opened.error().failure));
    CHECK(front.client().engine().secure());
    CHECK(front.send(small_mail()));
    front.client().close();

    auto why = failure_to_connect<Front>(server.url("smtps"));
    CHECK(why.kind() == smtp::errc::tls_error);
    CHECK(why.where == phase::tls);
    CHECK(why.detail.find("self-signed certificate") != std::string::npos);
}

TEST_CASE_TEMPLATE("hazard 59: smtps to a port that speaks in clear fails and says so", Front, blocking_client,
                   awaiting_client) {
    mail_server server({});
    auto why = failure_to_connect<Front>(server.url("smtps"));
    CHECK(why.kind() == smtp::errc::tls_error);
    CHECK(why.detail.find("wrong version number") != std::string::npos);
}
