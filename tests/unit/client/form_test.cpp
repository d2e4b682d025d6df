#include <doctest/doctest.h>

#include <postrider/mime/from_bytes.hpp>
#include <postrider/mime/raw.hpp>
#include <postrider/mime/render.hpp>

#include "client/fronts.hpp"
#include "client/mail_server.hpp"

using namespace postrider;
using namespace postrider::test;
using lines = std::vector<std::string>;

/// A message takes the form that suits what the server offers, for the blocking and the awaiting client alike.

namespace {

smtp::client_options named(lines without = {}) {
    smtp::client_options options;
    options.local_hostname = "me.example";
    options.timeout = soon;
    options.ignored_extensions = std::move(without);
    return options;
}

dialogue offering(lines extensions) {
    dialogue said;
    said.extensions = std::move(extensions);
    return said;
}

lines const all_it_takes = {"PIPELINING", "CHUNKING", "8BITMIME", "BINARYMIME", "SIZE"};
std::string const octets(
    "\0\r\n.\r\n\n\r\xFF"
    "end",
    13);

mime::message with_attachment() {
    auto mail = small_mail();
    return mail.attach_data("a.bin", octets);
}

/// Everything that the server has heard since EHLO.
std::string heard_by(mail_server const& server) {
    std::string all;
    for (auto const& one : server.after_hello()) all += one + '\n';
    return all;
}

bool holds(std::string const& text, std::string const& part) {
    return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE_TEMPLATE("an attachment travels as octets where the server takes BINARYMIME in chunks", Front,
                   blocking_client, awaiting_client) {
    mail_server server(offering(all_it_takes));
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    auto const report = front.send(with_attachment()).value();
    auto const heard = heard_by(server);
    CHECK(report.all_accepted());
    CHECK(holds(heard, " SIZE=" + std::to_string(report.size) + " BODY=BINARYMIME"));
    CHECK(holds(heard, "BDAT " + std::to_string(report.size) + " LAST"));
    CHECK(holds(heard, "Content-Transfer-Encoding: binary\r\n\r\n" + octets + "\r\n--"));
    CHECK(holds(heard, "Message-ID: " + report.message_id));
}

TEST_CASE_TEMPLATE("an attachment travels in base64 where any of it is missing or switched off", Front, blocking_client,
                   awaiting_client) {
    for (auto const& missing : {"BINARYMIME", "CHUNKING", "PIPELINING"})
        for (bool const switched_off : {false, true}) {
            CAPTURE(missing);
            auto offered = all_it_takes;
            if (!switched_off) std::erase(offered, missing);
            mail_server server(offering(offered));
            Front front;
            REQUIRE(front.connect(server.url(), named(switched_off ? lines{missing} : lines())));
            CHECK(front.send(with_attachment()).value().all_accepted());
            CHECK_FALSE(holds(heard_by(server), "BINARYMIME"));
            CHECK(holds(heard_by(server), "Content-Transfer-Encoding: base64"));
        }
}

TEST_CASE_TEMPLATE("a message without octets does not ask for BINARYMIME", Front, blocking_client, awaiting_client) {
    mail_server server(offering(all_it_takes));
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    CHECK(front.send(small_mail()).value().all_accepted());
    CHECK_FALSE(holds(heard_by(server), "BODY="));
}

TEST_CASE_TEMPLATE("each of many messages takes its form", Front, blocking_client, awaiting_client) {
    mail_server server(offering(all_it_takes));
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    for (auto const& outcome : front.send_all({with_attachment(), small_mail(), with_attachment()}))
        CHECK(outcome.value().all_accepted());
    int binary = 0;
    for (auto const& line : server.after_hello()) binary += line.ends_with("BODY=BINARYMIME");
    CHECK(binary == 2);
}

TEST_CASE("a client that has not said EHLO learns what the server takes first") {
    mail_server server(offering(all_it_takes));
    smtp::client client("127.0.0.1", server.port(), named());
    CHECK(client.send(with_attachment()).all_accepted());
    CHECK(holds(heard_by(server), "BODY=BINARYMIME"));
}

TEST_CASE("a wire that somebody else rendered keeps its form: it may be signed") {
    mail_server server(offering(all_it_takes));
    smtp::client client(server.url(), named());
    auto const mail = with_attachment();
    CHECK(client.send({"a@here.example", {{"b@there.example", {}}}, {}}, mime::render(mail)).all_accepted());
    CHECK(holds(heard_by(server), "Content-Transfer-Encoding: base64"));
}

TEST_CASE("a binary wire without the message it came from is refused where BINARYMIME is missing") {
    mail_server server(offering({"PIPELINING", "CHUNKING", "8BITMIME"}));
    smtp::client client(server.url(), named());
    auto const wire = mime::render(with_attachment(), {.cte_type = mime::policy::transfer::binary});
    auto const sent = client.try_send({"a@here.example", {{"b@there.example", {}}}, {}}, wire);
    REQUIRE_FALSE(sent);
    CHECK(sent.error().failure.code == smtp::errc::not_supported);
    CHECK(server.after_hello().empty());
}

namespace {

std::string const in_8bit = "Subject: hi\r\nContent-Type: text/plain; charset=utf-8\r\n\r\ncaf\xC3\xA9\r\n";
smtp::envelope const to_b = {"a@here.example", {{"b@there.example", {}}}, {}};

}  // namespace

TEST_CASE_TEMPLATE("hazard 83: a parsed message beyond ASCII is encoded for a server without 8BITMIME", Front,
                   blocking_client, awaiting_client) {
    for (bool const takes_8bit : {false, true}) {
        mail_server server(offering(takes_8bit ? lines{"8BITMIME"} : lines{"SIZE"}));
        Front front;
        REQUIRE(front.connect(server.url(), named()));
        auto const octets = "From: a@here.example\r\nTo: b@there.example\r\n" + in_8bit;
        CHECK(front.send(mime::message_from_bytes(octets)).value().all_accepted());
        CHECK(holds(heard_by(server), takes_8bit ? "caf\xC3\xA9" : "caf=C3=A9"));
        CHECK(holds(heard_by(server), "BODY=8BITMIME") == takes_8bit);
    }
}

TEST_CASE("hazard 83: octets that somebody else composed are encoded leaf by leaf for a server without 8BITMIME") {
    mail_server server(offering({"SIZE"}));
    smtp::client client(server.url(), named());
    auto const report = client.send(to_b, mime::wire_from_octets(in_8bit));
    CHECK(report.all_accepted());
    CHECK(holds(heard_by(server), "SIZE=" + std::to_string(report.size)));
    CHECK(client.sendmail("a@here.example", "b@there.example", in_8bit).empty());
    auto const heard = heard_by(server);
    CHECK(heard.find("caf=C3=A9") != heard.rfind("caf=C3=A9"));
    CHECK_FALSE(holds(heard, "8BIT"));
}

TEST_CASE("what is signed is not encoded anew: a server without 8BITMIME is told nothing of it") {
    mail_server server(offering({"SIZE"}));
    smtp::client client(server.url(), named());
    auto const sent = client.try_send(to_b, mime::wire_from_octets("DKIM-Signature: v=1; b=\r\n" + in_8bit));
    REQUIRE_FALSE(sent);
    CHECK(sent.error().failure.code == smtp::errc::not_supported);
    CHECK(holds(sent.error().failure.detail, "8BITMIME"));
    CHECK(server.after_hello().empty());
}

TEST_CASE_TEMPLATE("hazard 83: without SMTPUTF8 domains go as A-labels, and who has no such name is refused alone",
                   Front, blocking_client, awaiting_client) {
    mail_server server(offering({"8BITMIME", "PIPELINING"}));
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    mime::message mail;
    mail.from("a@bücher.example").to("用户@例子.example").to("b@例子.example").subject("你好").text("hello\n");
    auto const report = front.send(mail).value();
    REQUIRE(report.recipients.size() == 2);
    CHECK(to_string(*report.recipients[0].said).starts_with("553 5.6.7"));
    CHECK(report.recipients[0].address == "用户@例子.example");
    CHECK(report.recipients[1].what == smtp::outcome::accepted);
    CHECK(report.recipients[1].address == "b@例子.example");
    auto const heard = heard_by(server);
    CHECK(holds(heard, "MAIL FROM:<a@xn--bcher-kva.example>\n"));
    CHECK(holds(heard, "RCPT TO:<b@xn--fsqu00a.example>\nDATA"));
    CHECK(holds(heard, "From: a@xn--bcher-kva.example\n"));
    CHECK(std::all_of(heard.begin(), heard.end(), [](unsigned char c) { return c < 0x80; }));
}

TEST_CASE_TEMPLATE("where nobody can be named without SMTPUTF8 nothing is sent", Front, blocking_client,
                   awaiting_client) {
    mail_server server(offering({"8BITMIME"}));
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    mime::message mail;
    mail.from("a@here.example").to("用户@例子.example").text("hello\n");
    auto const sent = front.send(mail);
    REQUIRE_FALSE(sent);
    CHECK(sent.error().failure.code == smtp::errc::recipients_refused);
    CHECK_FALSE(sent.error().failure.is_transient());
    CHECK(server.after_hello().empty());
}

TEST_CASE_TEMPLATE("with SMTPUTF8 everything is said as it is", Front, blocking_client, awaiting_client) {
    mail_server server(offering({"8BITMIME", "SMTPUTF8"}));
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    mime::message mail;
    mail.from("a@bücher.example").to("用户@例子.example").text("hello\n");
    CHECK(front.send(mail).value().all_accepted());
    CHECK(
        holds(heard_by(server), "MAIL FROM:<a@bücher.example> BODY=8BITMIME SMTPUTF8\nRCPT TO:<用户@例子.example>\n"));
    CHECK(holds(heard_by(server), "To: 用户@例子.example\n"));
}
