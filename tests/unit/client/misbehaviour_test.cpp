#include <doctest/doctest.h>

#include "client/fronts.hpp"
#include "client/mail_server.hpp"
#include "client/named.hpp"

using namespace postrider;
using namespace postrider::test;
using lines = std::vector<std::string>;

/// Servers that get wrong what they offer, for the blocking and the awaiting client alike.

namespace {

dialogue offering(lines extensions) {
    dialogue said;
    said.extensions = std::move(extensions);
    return said;
}

/// "E" for EHLO, "M" for MAIL, "R" for RCPT, "D" for DATA, "B" for BDAT, "." for the content's end.
std::string told(lines const& heard) {
    std::string verbs;
    for (auto const& line : heard)
        for (std::string const verb : {"EHLO ", "MAIL FROM:", "RCPT TO:", "DATA", "BDAT ", "."})
            if (verb == "." ? line == verb : line.starts_with(verb)) verbs += verb.front();
    return verbs;
}

std::vector<mime::message> three_mails() {
    return {small_mail(), small_mail(), small_mail()};
}

}  // namespace

TEST_CASE_TEMPLATE("a server that cannot take commands together is asked one by one over a new session, once", Front,
                   blocking_client, awaiting_client) {
    for (std::string const way : {"!close", "421 4.7.0 too fast", "500 5.5.1 what?", "go away", "503 5.5.1 order"}) {
        CAPTURE(way);
        auto said = offering({"PIPELINING", "8BITMIME"});
        said.to_flights = way;
        mail_server server(said);
        Front front;
        REQUIRE(front.connect(server.url(), named()));
        CHECK(front.send(small_mail()).value().all_accepted());
        CHECK(told(server.heard()).ends_with("EMRD."));
        CHECK(front.send(small_mail()).value().all_accepted());
        CHECK(told(server.heard()).ends_with("EMRD.MRD."));
    }
}

TEST_CASE_TEMPLATE("many messages survive a server that cannot take commands together, each sent once", Front,
                   blocking_client, awaiting_client) {
    for (lines const& offered : {lines{"PIPELINING"}, lines{"PIPELINING", "CHUNKING"}}) {
        auto said = offering(offered);
        said.to_flights = "!close";
        mail_server server(said);
        Front front;
        REQUIRE(front.connect(server.url(), named()));
        bool const could_be_there = offered.size() == 2;  // all of a chunk was written before the end was seen
        auto const outcomes = front.send_all(three_mails());
        for (auto const& outcome : outcomes) CHECK(outcome.has_value() != could_be_there);
        if (could_be_there) CHECK(outcomes.front().error().failure.in_doubt);
        CHECK(told(server.heard()) == (could_be_there ? "EM" : "EMEMRD.MRD.MRD."));
    }
}

TEST_CASE_TEMPLATE("a server that offers CHUNKING and does not know BDAT gets the message by DATA", Front,
                   blocking_client, awaiting_client) {
    for (bool const is_in_step : {false, true}) {
        auto said = offering({"PIPELINING", "CHUNKING"});
        said.knows_bdat = is_in_step;
        if (is_in_step) said.replies = {{"BDAT", "502 5.5.1 not implemented"}};
        for (bool const many : {false, true}) {
            CAPTURE(is_in_step);
            CAPTURE(many);
            mail_server server(said);
            Front front;
            REQUIRE(front.connect(server.url(), named()));
            auto const outcomes = many ? front.send_all(three_mails()) : std::vector{front.send(small_mail())};
            int accepted = 0;
            for (auto const& outcome : outcomes) accepted += outcome && outcome->all_accepted();
            CHECK(accepted >= 1);
            if (!many) CHECK(told(server.heard()).ends_with("EMRD."));
        }
    }
}

TEST_CASE_TEMPLATE("a server that misbehaves one by one as well is not asked a third time", Front, blocking_client,
                   awaiting_client) {
    auto said = offering({"PIPELINING"});
    said.replies = {{"MAIL", "!close"}};
    mail_server server(said);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    auto const sent = front.send(small_mail());
    REQUIRE_FALSE(sent);
    CHECK(sent.error().failure.code == smtp::errc::server_disconnected);
    CHECK(told(server.heard()) == "EMEM");
}

TEST_CASE_TEMPLATE("a message that may be there is never asked for again", Front, blocking_client, awaiting_client) {
    for (lines const& offered : {lines{"PIPELINING"}, lines{"PIPELINING", "CHUNKING"}, lines{}}) {
        auto said = offering(offered);
        said.replies = {{".", "!close"}, {"BDAT", "!close"}};
        mail_server server(said);
        Front front;
        REQUIRE(front.connect(server.url(), named()));
        auto const sent = front.send(small_mail());
        REQUIRE_FALSE(sent);
        CHECK(sent.error().failure.in_doubt);
        auto const heard = told(server.heard());
        CHECK(heard.find('E') == heard.rfind('E'));
    }
}

TEST_CASE_TEMPLATE("a server that has taken a message before is not suspected of misbehaviour", Front, blocking_client,
                   awaiting_client) {
    auto said = offering({"PIPELINING"});
    said.replies = {{"MAIL FROM:<late@", "!close"}};
    mail_server server(said);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    CHECK(front.send(small_mail()));
    auto late = small_mail();
    late.from("late@here.example");
    CHECK_FALSE(front.send(late));
    auto const heard = told(server.heard());
    CHECK(heard.find('E') == heard.rfind('E'));
}

TEST_CASE_TEMPLATE("the second session logs in like the first", Front, blocking_client, awaiting_client) {
    auto said = offering({"PIPELINING", "AUTH PLAIN"});
    said.to_flights = "!close";
    mail_server server(said);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    REQUIRE(front.login("user", "secret"));
    CHECK(front.send(small_mail()).value().all_accepted());
    int logins = 0;
    for (auto const& line : server.heard()) logins += line.starts_with("AUTH PLAIN");
    CHECK(logins == 2);
}

TEST_CASE_TEMPLATE("hazard 67: the second session is under TLS like the first, or there is none", Front,
                   blocking_client, awaiting_client) {
    certificate const shown;
    listen_options showing;
    showing.shown = &shown;
    auto options = named();
    options.tls.ca_file = shown.file;
    auto said = offering({"PIPELINING", "STARTTLS"});
    said.extensions_under_tls = {"PIPELINING"};
    said.to_flights = "!close";
    mail_server server(said, showing);
    Front front;
    REQUIRE(front.connect(server.url() + "?starttls=off", options));
    CHECK(front.starttls().code == 220);
    CHECK(front.send(small_mail()).value().all_accepted());
    CHECK(front.client().engine().secure());
    int handshakes = 0;
    for (auto const& line : server.heard()) handshakes += line == "STARTTLS";
    CHECK(handshakes == 2);
}
