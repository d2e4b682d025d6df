#include <doctest/doctest.h>

#include <postrider/mime/envelope.hpp>
#include <postrider/mime/render.hpp>
#include <stdexcept>

#include "client/fronts.hpp"
#include "client/mail_server.hpp"
#include "client/named.hpp"

using namespace postrider;
using namespace postrider::test;
using lines = std::vector<std::string>;

/// Many messages over one session, for the blocking and the awaiting client alike.

namespace {

dialogue offering(lines extensions, std::vector<std::pair<std::string, std::string>> replies = {}) {
    dialogue said;
    said.extensions = std::move(extensions);
    said.replies = std::move(replies);
    return said;
}

mime::message mail_to(std::string const& address) {
    mime::message mail;
    mail.from("a@here.example").to(address).subject("hello").text("hello " + address + "\n");
    return mail;
}

std::vector<mime::message> mails_to(lines const& addresses) {
    std::vector<mime::message> all;
    for (auto const& address : addresses) all.push_back(mail_to(address));
    return all;
}

lines with(std::string_view verb, lines const& heard) {
    lines found;
    for (auto const& one : heard)
        if (one.starts_with(verb)) found.push_back(one);
    return found;
}

/// The ways that a server may allow: one by one, in flights, in chunks.
std::vector<lines> const ways = {{"SIZE"}, {"PIPELINING", "SIZE"}, {"PIPELINING", "CHUNKING", "SIZE"}};

/// Throws where it is told to.
class counting_run final : public smtp::mail_run {
public:
    counting_run(int messages, int throws_at) : messages_(messages), throws_at_(throws_at) {}

    std::optional<smtp::addressed_wire> next() override {
        if (given_ == throws_at_) throw std::runtime_error("no more data");
        if (given_ == messages_) return {};
        auto const mail = mail_to("n" + std::to_string(given_++) + "@there.example");
        smtp::envelope envelope{"a@here.example", {{mime::envelope_of(mail).forward_paths.front(), {}}}, {}};
        return smtp::addressed_wire{std::move(envelope), mime::render(mail)};
    }
    void done(smtp::report const& report, std::optional<smtp::failure> const& why) override {
        CHECK_FALSE(why);
        CHECK_FALSE(report.message_id.empty());
        told.push_back(report.recipients.front().address);
    }

    lines told;

private:
    int messages_, throws_at_, given_ = 0;
};

}  // namespace

TEST_CASE_TEMPLATE("many messages go over one session, each with its outcome", Front, blocking_client,
                   awaiting_client) {
    for (auto const& extensions : ways) {
        CAPTURE(extensions.size());
        mail_server server(offering(extensions, {{"RCPT TO:<bad@", "550 5.1.1 no such user"}}));
        Front front;
        REQUIRE(front.connect(server.url(), named()));
        auto outcomes = front.send_all(mails_to({"1@there.example", "bad@there.example", "3@there.example"}));
        REQUIRE(outcomes.size() == 3);
        CHECK(outcomes[0].value().all_accepted());
        CHECK_FALSE(outcomes[0].value().message_id.empty());
        REQUIRE(outcomes[1].has_error());
        CHECK(outcomes[1].error().failure.code == smtp::errc::recipients_refused);
        CHECK(outcomes[2].value().all_accepted());
        CHECK(outcomes[0].value().message_id != outcomes[2].value().message_id);
        CHECK(front.send(mail_to("4@there.example")).value().all_accepted());
        CHECK(with("RCPT", server.heard()) == lines{"RCPT TO:<1@there.example>", "RCPT TO:<bad@there.example>",
                                                    "RCPT TO:<3@there.example>", "RCPT TO:<4@there.example>"});
        CHECK(with("EHLO", server.heard()).size() == 1);
    }
}

TEST_CASE_TEMPLATE("a message that cannot be sent at all is told in its place", Front, blocking_client,
                   awaiting_client) {
    mail_server server({});
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    auto mails = mails_to({"1@there.example", "2@there.example"});
    mails.insert(mails.begin() + 1, mime::message());
    auto outcomes = front.send_all(mails);
    REQUIRE(outcomes.size() == 3);
    CHECK(outcomes[0].has_value());
    REQUIRE(outcomes[1].has_error());
    CHECK(outcomes[1].error().failure.code == smtp::errc::invalid_argument);
    CHECK(outcomes[2].has_value());
}

TEST_CASE_TEMPLATE("when the session ends, those behind are unsent and say so", Front, blocking_client,
                   awaiting_client) {
    for (auto const& extensions : ways) {
        CAPTURE(extensions.size());
        mail_server server(offering(extensions, {{"RCPT TO:<2@", "!close"}}));
        Front front;
        REQUIRE(front.connect(server.url(), named()));
        auto outcomes = front.send_all(mails_to({"1@there.example", "2@there.example", "3@there.example"}));
        REQUIRE(outcomes.size() == 3);
        CHECK(outcomes[0].has_value());
        for (auto i : {1u, 2u}) {
            REQUIRE(outcomes[i].has_error());
            CHECK(outcomes[i].error().failure.code == smtp::errc::server_disconnected);
        }
        CHECK_FALSE(front.is_connected());
    }
}

TEST_CASE_TEMPLATE("without a session every message is unsent", Front, blocking_client, awaiting_client) {
    mail_server server({});
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    front.quit();
    auto outcomes = front.send_all(mails_to({"1@there.example", "2@there.example"}));
    REQUIRE(outcomes.size() == 2);
    for (auto const& one : outcomes) {
        REQUIRE(one.has_error());
        CHECK(one.error().failure.code == smtp::errc::server_disconnected);
    }
}

TEST_CASE_TEMPLATE("messages are made while others are on their way, and told in order", Front, blocking_client,
                   awaiting_client) {
    for (auto const& extensions : ways) {
        CAPTURE(extensions.size());
        mail_server server(offering(extensions));
        Front front;
        REQUIRE(front.connect(server.url(), named()));
        counting_run run(40, -1);
        CHECK(front.send_all(run).has_value());
        REQUIRE(run.told.size() == 40);
        CHECK(run.told.back() == "n39@there.example");
    }
}

TEST_CASE_TEMPLATE("an exception of the run ends it behind what is on its way", Front, blocking_client,
                   awaiting_client) {
    for (auto const& extensions : ways) {
        CAPTURE(extensions.size());
        mail_server server(offering(extensions));
        Front front;
        REQUIRE(front.connect(server.url(), named()));
        counting_run run(40, 5);
        CHECK_THROWS_WITH_AS(front.send_all(run), "no more data", std::runtime_error);
        CHECK(run.told.size() == 5);
        CHECK(front.is_connected());
        CHECK(front.send(small_mail()).value().all_accepted());
    }
}

namespace {

/// Tells how often it was asked whether its next message is at hand.
class asked_run final : public smtp::mail_run {
public:
    std::optional<smtp::addressed_wire> next() override {
        if (left_-- == 0) return {};
        smtp::addressed_wire mail{.envelope = {"a@here.example", {{"b@there.example", {}}}, {}}, .wire = {}};
        mail.wire.append(std::string("Subject: hello\r\n\r\nhello\r\n"));
        return mail;
    }
    bool next_is_at_hand() const noexcept override { return ++asked, true; }
    void done(smtp::report const&, std::optional<smtp::failure> const&) override {}

    mutable int asked = 0;

private:
    int left_ = 3;
};

}  // namespace

TEST_CASE_TEMPLATE("a run is asked whether its next message is at hand", Front, blocking_client, awaiting_client) {
    mail_server server(offering({"PIPELINING", "CHUNKING"}));
    Front client;
    REQUIRE(client.connect(server.url(), named()).has_value());
    asked_run run;
    REQUIRE(client.send_all(run).has_value());
    CHECK(run.asked == 3);
}
