#include <doctest/doctest.h>

#include <algorithm>

#include "client/fronts.hpp"
#include "client/mail_server.hpp"
#include "client/named.hpp"

using namespace postrider;
using namespace postrider::test;
using lines = std::vector<std::string>;

/// More recipients than a server takes at once, for the blocking and the awaiting client alike.

namespace {

mime::message mail_to(lines const& addresses) {
    mime::message mail;
    mail.from("a@here.example").subject("hello").text("hello\n");
    for (auto const& address : addresses) mail.to(address);
    return mail;
}

/// What was said of envelopes: "M" for MAIL, the recipients' names, "." for content.
std::string envelopes(lines const& heard) {
    std::string told;
    for (auto const& line : heard) {
        if (line.starts_with("MAIL")) told += 'M';
        if (line.starts_with("RCPT TO:<")) told += line.substr(9, line.find('@') - 9);
        if (line == ".") told += '.';
    }
    return told;
}

std::vector<smtp::outcome> outcomes(smtp::report const& report) {
    std::vector<smtp::outcome> all;
    for (auto const& one : report.recipients) all.push_back(one.what);
    return all;
}

using smtp::outcome;

}  // namespace

TEST_CASE_TEMPLATE("recipients beyond RCPTMAX get the message in further transactions", Front, blocking_client,
                   awaiting_client) {
    dialogue said;
    said.extensions = {"LIMITS RCPTMAX=2", "8BITMIME"};
    said.replies = {{"RCPT TO:<c@", "550 5.1.1 no such user"}};
    mail_server server(said);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    auto const report = front.send(mail_to({"a@x", "b@x", "c@x", "d@x", "e@x"})).value();
    CHECK(outcomes(report) ==
          std::vector{outcome::accepted, outcome::accepted, outcome::refused, outcome::accepted, outcome::accepted});
    CHECK(report.recipients[4].address == "e@x");
    CHECK(envelopes(server.heard()) == "Mab.Mcd.Me.");
}

TEST_CASE_TEMPLATE("who is told that there is no room for more recipients gets the message in the next transaction",
                   Front, blocking_client, awaiting_client) {
    mail_server server([] {
        dialogue said;
        said.recipients_at_once = 2;
        return said;
    }());
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    auto const report = front.send(mail_to({"a@x", "b@x", "c@x", "d@x", "e@x"})).value();
    CHECK(report.all_accepted());
    CHECK(envelopes(server.heard()) == "Mabcde.Mcde.Me.");
}

TEST_CASE_TEMPLATE("452 that speaks of storage is a refusal for now", Front, blocking_client, awaiting_client) {
    dialogue said;
    said.replies = {{"RCPT TO:<b@", "452 4.3.1 no storage"}};
    mail_server server(said);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    auto const report = front.send(mail_to({"a@x", "b@x"})).value();
    CHECK(outcomes(report) == std::vector{outcome::accepted, outcome::refused});
    CHECK(envelopes(server.heard()) == "Mab.");
}

TEST_CASE_TEMPLATE("when nobody of the rest is taken, they are refused and the others have it", Front, blocking_client,
                   awaiting_client) {
    dialogue said;
    said.replies = {{"RCPT TO:<b@", "452 4.5.3 too many"}, {"RCPT TO:<c@", "452 4.5.3 too many"}};
    mail_server server(said);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    auto const report = front.send(mail_to({"a@x", "b@x", "c@x"})).value();
    CHECK(outcomes(report) == std::vector{outcome::accepted, outcome::refused, outcome::refused});
    CHECK(envelopes(server.heard()) == "Mabc.Mbc");
}

TEST_CASE_TEMPLATE("a session that ends between two transactions leaves the rest unsent, and says who has it", Front,
                   blocking_client, awaiting_client) {
    dialogue said;
    said.extensions = {"LIMITS RCPTMAX=1 MAILMAX=1"};
    mail_server server(said);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    auto const sent = front.send(mail_to({"a@x", "b@x"}));
    REQUIRE(sent.has_error());
    CHECK(sent.error().failure.code == smtp::errc::server_disconnected);
    CHECK(outcomes(sent.error().report) == std::vector{outcome::accepted, outcome::unsent});
}

TEST_CASE_TEMPLATE("of many messages, too, each gets as many transactions as it takes, and is told once", Front,
                   blocking_client, awaiting_client) {
    for (lines const& way : {lines{}, lines{"PIPELINING"}, lines{"PIPELINING", "CHUNKING"}}) {
        dialogue said;
        said.extensions = way;
        said.extensions.push_back("LIMITS RCPTMAX=2");
        said.replies = {{"RCPT TO:<c@", "550 5.1.1 no such user"}};
        mail_server server(said);
        Front front;
        REQUIRE(front.connect(server.url(), named()));
        auto const all = front.send_all(
            {mail_to({"a@x", "b@x", "c@x", "d@x", "e@x"}), mail_to({"f@x"}), mail_to({"g@x", "h@x", "i@x"})});
        REQUIRE(all.size() == 3);
        CHECK(outcomes(all[0].value()) == std::vector{outcome::accepted, outcome::accepted, outcome::refused,
                                                      outcome::accepted, outcome::accepted});
        CHECK(all[1].value().all_accepted());
        CHECK(all[2].value().all_accepted());
        CHECK(all[2].value().recipients.size() == 3);
        auto heard = envelopes(server.heard());
        std::erase_if(heard, [](char c) { return c == 'M' || c == '.'; });
        std::sort(heard.begin(), heard.end());
        CHECK(heard == "abcdefghi");
    }
}

TEST_CASE_TEMPLATE("of many messages, who is told that there is no more room has a turn in the next transaction", Front,
                   blocking_client, awaiting_client) {
    dialogue said;
    said.recipients_at_once = 2;
    said.extensions = {"PIPELINING"};
    mail_server server(said);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    for (auto const& outcome : front.send_all({mail_to({"a@x", "b@x", "c@x"}), mail_to({"d@x"})}))
        CHECK(outcome.value().all_accepted());
}
