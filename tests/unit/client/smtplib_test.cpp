#include <doctest/doctest.h>

#include <unistd.h>

#include <cstdio>
#include <postrider/core/error.hpp>
#include <postrider/lmtp.hpp>
#include <postrider/smtp.hpp>
#include <utility>

#include "client/mail_server.hpp"
#include "client/named.hpp"

using namespace postrider;
using namespace postrider::test;
using lines = std::vector<std::string>;

/// The verbs of Python's smtplib, and what it was measured to do against scripted servers.

namespace {

dialogue answering(std::vector<std::pair<std::string, std::string>> replies) {
    dialogue said;
    said.extensions = {};
    said.replies = std::move(replies);
    return said;
}

/// What is printed to standard error from now on.
class captured_stderr {
public:
    captured_stderr() { ::dup2(::fileno(file_), STDERR_FILENO); }
    ~captured_stderr() { end(); }
    std::string end() {
        if (saved_ < 0) return {};
        ::dup2(saved_, STDERR_FILENO);
        ::close(std::exchange(saved_, -1));
        std::string printed(10'000, '\0');
        printed.resize(static_cast<std::size_t>(::pread(::fileno(file_), printed.data(), printed.size(), 0)));
        std::fclose(file_);
        return printed;
    }

private:
    std::FILE* file_ = std::tmpfile();
    int saved_ = ::dup(STDERR_FILENO);
};

/// What sendmail threw, as the exception asked for.
template <class Exception>
Exception thrown_by(smtp::client& client, std::vector<std::string> const& to = {"a@x"}) {
    try {
        client.sendmail("f@x", to, "hi");
    } catch (Exception const& caught) {
        return caught;
    }
    FAIL("sendmail threw nothing");
    throw;
}

}  // namespace

TEST_CASE("each verb says its command and returns the reply") {
    mail_server server({});
    smtp::client client("127.0.0.1", server.port(), named());
    CHECK(client.ehlo("other.example").code == 250);
    CHECK(client.does_esmtp());
    CHECK(client.has_extn("8bitmime"));
    CHECK(client.esmtp_features().at("size") == "1000000");
    CHECK(client.ehlo_resp()->code == 250);
    CHECK(client.helo().code == 250);
    CHECK(client.helo_resp()->code == 250);
    CHECK(client.noop().code == 250);
    CHECK(client.verify("a@x").code == 250);
    CHECK(client.vrfy("A <a@x>").code == 250);
    CHECK(client.expn("list").code == 250);
    CHECK(client.help().code == 250);
    CHECK(client.help("MAIL").code == 250);
    CHECK(client.docmd("XTRA", "one two").code == 250);
    CHECK(client.mail("F <f@x>", {"BODY=8BITMIME"}).code == 250);
    CHECK(client.rcpt("a@x").code == 250);
    CHECK(client.rset().code == 250);
    CHECK(client.mail("").code == 250);
    CHECK(client.rcpt("<a@x>").code == 250);
    CHECK(client.data("one\n.two").code == 250);
    CHECK(client.quit().code == 221);
    CHECK_FALSE(client.is_connected());
    CHECK_FALSE(client.ehlo_resp());
    CHECK(server.heard() == lines{"EHLO other.example", "HELO me.example", "NOOP", "VRFY a@x", "VRFY a@x", "EXPN list",
                                  "HELP", "HELP MAIL", "XTRA one two", "MAIL FROM:<f@x> BODY=8BITMIME", "RCPT TO:<a@x>",
                                  "RSET", "MAIL FROM:<>", "RCPT TO:<a@x>", "DATA", "one", "..two", ".", "QUIT"});
}

TEST_CASE("a refusal of a single command is a reply, not an exception") {
    mail_server server(
        answering({{"MAIL", "550 no"}, {"VRFY", "252 maybe"}, {"EHLO", "500 what"}, {"DATA", "503 first MAIL"}}));
    smtp::client client("127.0.0.1", server.port(), named());
    CHECK(client.ehlo().code == 500);
    CHECK_FALSE(client.does_esmtp());
    client.ehlo_or_helo_if_needed();
    CHECK(client.mail("f@x").code == 550);
    CHECK(client.verify("a@x").code == 252);
    CHECK_THROWS_AS(client.data("hi"), smtp::data_error);
    CHECK(client.is_connected());
}

TEST_CASE("MAIL refused: RSET, sender_refused, the link stays open") {
    for (auto const* reply : {"451 later", "251 what"}) {
        mail_server server(answering({{"MAIL", reply}}));
        smtp::client client("127.0.0.1", server.port(), named());
        auto refused = thrown_by<smtp::sender_refused>(client);
        CHECK(refused.smtp_code() == std::stoi(reply));
        CHECK(refused.sender() == "f@x");
        CHECK(client.is_connected());
        CHECK(client.noop().code == 250);
        CHECK(server.after_hello() == lines{"MAIL FROM:<f@x>", "RSET", "NOOP"});
    }
}

TEST_CASE("MAIL 421: sender_refused, the link is closed") {
    mail_server server(answering({{"MAIL", "421 down"}}));
    smtp::client client("127.0.0.1", server.port(), named());
    CHECK(thrown_by<smtp::sender_refused>(client).smtp_code() == 421);
    CHECK_FALSE(client.is_connected());
}

TEST_CASE("hazard 77: some refused is a success for the rest") {
    mail_server server(answering({{"RCPT TO:<b@x>", "550 5.1.1 no"}}));
    smtp::client client("127.0.0.1", server.port(), named());
    auto refused = client.sendmail("f@x", std::vector<std::string>{"a@x", "b@x"}, "hi");
    REQUIRE(refused.size() == 1);
    CHECK(refused.at("b@x").code == 550);
    CHECK(refused.at("b@x").text() == "5.1.1 no");
    CHECK(server.after_hello() == lines{"MAIL FROM:<f@x>", "RCPT TO:<a@x>", "RCPT TO:<b@x>", "DATA", "hi", "."});
}

TEST_CASE("251 accepts a recipient, 252 does not") {
    mail_server server(answering({{"RCPT TO:<a@x>", "251 forwarded"}, {"RCPT TO:<b@x>", "252 maybe"}}));
    smtp::client client("127.0.0.1", server.port(), named());
    auto refused = client.sendmail("f@x", std::vector<std::string>{"a@x", "b@x"}, "hi");
    REQUIRE(refused.size() == 1);
    CHECK(refused.at("b@x").code == 252);
}

TEST_CASE("all refused: RSET, recipients_refused with every answer") {
    mail_server server(answering({{"RCPT", "550-x\r\n550 y"}}));
    smtp::client client("127.0.0.1", server.port(), named());
    auto refused = thrown_by<smtp::recipients_refused>(client, {"a@x", "b@x"});
    CHECK(refused.recipients().size() == 2);
    CHECK(refused.recipients().at("a@x").text() == "x\ny");
    CHECK(client.is_connected());
    CHECK(client.noop().code == 250);
    CHECK(server.after_hello() == lines{"MAIL FROM:<f@x>", "RCPT TO:<a@x>", "RCPT TO:<b@x>", "RSET", "NOOP"});
}

TEST_CASE("RCPT 421: recipients_refused, the link is closed") {
    mail_server server(answering({{"RCPT TO:<b@x>", "421 down"}}));
    smtp::client client("127.0.0.1", server.port(), named());
    auto refused = thrown_by<smtp::recipients_refused>(client, {"a@x", "b@x", "c@x"});
    CHECK(refused.recipients().at("b@x").code == 421);
    CHECK_FALSE(client.is_connected());
    CHECK(server.after_hello() == lines{"MAIL FROM:<f@x>", "RCPT TO:<a@x>", "RCPT TO:<b@x>"});
}

TEST_CASE("nobody to send to is refused before MAIL") {
    mail_server server(answering({}));
    smtp::client client("127.0.0.1", server.port(), named());
    CHECK_THROWS_AS(client.sendmail("f@x", std::vector<std::string>{}, "hi"), smtp::error);
    CHECK(client.is_connected());
    CHECK(server.after_hello().empty());
}

TEST_CASE("DATA refused is data_error, and the session is in step") {
    mail_server server(answering({{"DATA", "451 later"}}));
    smtp::client client("127.0.0.1", server.port(), named());
    CHECK(thrown_by<smtp::data_error>(client).smtp_code() == 451);
    CHECK(client.noop().code == 250);
}

TEST_CASE("the message refused: RSET, data_error, the link stays open") {
    for (auto const* reply : {"554 no", "251 what"}) {
        mail_server server(answering({{".", reply}}));
        smtp::client client("127.0.0.1", server.port(), named());
        CHECK(thrown_by<smtp::data_error>(client).smtp_code() == std::stoi(reply));
        CHECK(client.noop().code == 250);
        CHECK(server.after_hello() == lines{"MAIL FROM:<f@x>", "RCPT TO:<a@x>", "DATA", "hi", ".", "RSET", "NOOP"});
    }
}

TEST_CASE("the message answered with 421: data_error, the link is closed") {
    mail_server server(answering({{".", "421 down"}}));
    smtp::client client("127.0.0.1", server.port(), named());
    CHECK(thrown_by<smtp::data_error>(client).smtp_code() == 421);
    CHECK_FALSE(client.is_connected());
}

TEST_CASE("a link that is cut is server_disconnected") {
    for (auto const* at : {"MAIL", "RCPT", "DATA", "."}) {
        mail_server server(answering({{at, "!close"}}));
        smtp::client client("127.0.0.1", server.port(), named());
        thrown_by<smtp::server_disconnected>(client);
        CHECK_FALSE(client.is_connected());
    }
}

TEST_CASE("the last line's code counts, and a line without a code is -1") {
    mail_server mixed(answering({{"MAIL", "250-a\r\n550 b"}}));
    smtp::client client("127.0.0.1", mixed.port(), named());
    auto refused = thrown_by<smtp::sender_refused>(client);
    CHECK(refused.smtp_code() == 550);
    CHECK(refused.smtp_error() == "a\nb");

    mail_server garbage(answering({{"MAIL", "xyz"}}));
    smtp::client other("127.0.0.1", garbage.port(), named());
    CHECK_THROWS_AS(other.sendmail("f@x", "a@x", "hi"), smtp::error);
}

TEST_CASE("no mechanism that we know is an error without a command") {
    dialogue said;
    said.extensions = {"AUTH GSSAPI"};
    mail_server server(said);
    smtp::client client("127.0.0.1", server.port(), named());
    CHECK_THROWS_AS(client.login("u", "p"), smtp::error);
    CHECK(server.after_hello().empty());
}

TEST_CASE("a lower-case mechanism is a mechanism") {
    dialogue said;
    said.extensions = {"auth plain"};
    mail_server server(said);
    smtp::client client("127.0.0.1", server.port(), named());
    CHECK(client.login("u", "p").code == 235);
    CHECK(server.after_hello() == lines{"AUTH PLAIN AHUAcA=="});
}

TEST_CASE("hazard 7: every line end leaves as CRLF, every leading dot doubled, and the size is told") {
    dialogue said;
    said.extensions = {"SIZE"};
    mail_server server(said);
    smtp::client client("127.0.0.1", server.port(), named());
    CHECK(client.sendmail("f@x", "a@x", "a\rb\n.c\r\n").empty());
    CHECK(server.after_hello() == lines{"MAIL FROM:<f@x> SIZE=10", "RCPT TO:<a@x>", "DATA", "a", "b", "..c", "."});
}

TEST_CASE("a message above the announced limit is not sent") {
    dialogue said;
    said.extensions = {"SIZE 5"};
    mail_server server(said);
    smtp::client client("127.0.0.1", server.port(), named());
    CHECK_THROWS_AS(client.sendmail("f@x", "a@x", std::string(50, 'x')), smtp::error);
    CHECK(server.after_hello().empty());
}

TEST_CASE("ESMTP options of the caller are added once") {
    dialogue said;
    said.extensions = {"8BITMIME", "SIZE 1000000", "DSN"};
    mail_server server(said);
    smtp::client client("127.0.0.1", server.port(), named());
    client.sendmail("f@x", "a@x", "hi", {"BODY=8BITMIME", "size=7", "RET=HDRS"}, {"NOTIFY=NEVER"});
    CHECK(server.after_hello()[0] == "MAIL FROM:<f@x> SIZE=2 BODY=8BITMIME RET=HDRS");
    CHECK(server.after_hello()[1] == "RCPT TO:<a@x> NOTIFY=NEVER");
}

TEST_CASE("hazard 62: a line break in an address is refused before a word is said") {
    mail_server server({});
    smtp::client client("127.0.0.1", server.port(), named());
    CHECK_THROWS_AS(client.sendmail("f@x\r\nRSET", "a@x", "hi"), smtp::invalid_argument);
    CHECK_THROWS_AS(client.sendmail("f@x", "a@x>\r\nDATA", "hi"), smtp::invalid_argument);
    CHECK_THROWS_AS(client.sendmail("f@x", "a@x", "hi", {"SIZE=1\r\nRSET", "X=1\r\nRSET"}), smtp::invalid_argument);
    CHECK(client.is_connected());
    for (auto const& line : server.heard()) CHECK(line.starts_with("EHLO"));
}

TEST_CASE("hazard 63: a line break in the EHLO name is refused before a word is said") {
    mail_server server({});
    smtp::client client("127.0.0.1", server.port(), named());
    CHECK_THROWS_AS(client.ehlo("me\r\nQUIT"), smtp::invalid_argument);
    CHECK(server.heard().empty());
}

TEST_CASE("starttls by hand forgets what was known") {
    certificate shown;
    listen_options options;
    options.shown = &shown;
    dialogue said;
    said.extensions = {"STARTTLS"};
    mail_server server(said, options);
    smtp::client client("127.0.0.1", server.port(), named());
    net::tls_options trusted;
    trusted.ca_file = shown.file;
    CHECK(client.starttls(trusted).code == 220);
    CHECK(client.engine().secure());
    CHECK_FALSE(client.ehlo_resp());
    CHECK(client.sendmail("f@x", "a@x", "hi").empty());
    CHECK(server.heard()[2] == "EHLO me.example");

    mail_server without({});
    smtp::client other("127.0.0.1", without.port(), named());
    CHECK_THROWS_AS(other.starttls(), smtp::not_supported);
}

TEST_CASE("send_message takes its envelope from the message, or from the caller") {
    mail_server server(answering({}));
    smtp::client client("127.0.0.1", server.port(), named());
    mime::message mail;
    mail.from("A <a@x>").to("B <b@x>").cc("c@x").bcc("hidden@x").subject("s").text("t");
    CHECK(client.send_message(mail).empty());
    auto heard = server.after_hello();
    CHECK(lines(heard.begin(), heard.begin() + 5) ==
          lines{"MAIL FROM:<a@x>", "RCPT TO:<b@x>", "RCPT TO:<c@x>", "RCPT TO:<hidden@x>", "DATA"});
    for (auto line = heard.begin() + 4; line != heard.end(); ++line) CHECK(line->find("hidden") == line->npos);

    client.send_message(mail, "other@x", {"only@x"});
    auto again = server.after_hello();
    CHECK(again[heard.size()] == "MAIL FROM:<other@x>");
    CHECK(again[heard.size() + 1] == "RCPT TO:<only@x>");
    CHECK(again[heard.size() + 2] == "DATA");
}

TEST_CASE("a report names the message and its size") {
    mail_server server({});
    smtp::client client(server.url(), named());
    mime::message mail;
    mail.from("a@x").to("b@x").subject("s").text("t").message_id("<one@x>");
    auto report = client.send(mail);
    CHECK(report.message_id == "<one@x>");
    CHECK(report.all_accepted());
    std::size_t octets = 0;
    auto heard = server.after_hello();
    for (auto line = heard.begin() + 3; *line != "."; ++line) octets += line->size() + 2;
    CHECK(report.size == octets);
}

TEST_CASE("ssl_client is TLS from the first octet") {
    certificate shown;
    listen_options options;
    options.shown = &shown;
    dialogue said;
    said.tls_first = true;
    mail_server server(said, options);
    auto trusted = named();
    trusted.tls.ca_file = shown.file;
    smtp::ssl_client client("127.0.0.1", server.port(), trusted);
    CHECK(client.engine().secure());
    CHECK(server.heard().empty());
    CHECK(client.sendmail("f@x", "a@x", "hi").empty());
}

TEST_CASE("lmtp::client says LHLO and hears each recipient's answer") {
    dialogue said;
    said.lmtp = true;
    mail_server server(said);
    lmtp::client client("127.0.0.1", server.port(), named());
    CHECK(client.sendmail("f@x", std::vector<std::string>{"a@x", "b@x"}, "hi").empty());
    CHECK(client.noop().code == 250);
    CHECK(server.heard()[0] == "LHLO me.example");
}

TEST_CASE("a client moves, and its link with it") {
    mail_server server({});
    smtp::client first("127.0.0.1", server.port(), named());
    smtp::client second(std::move(first));
    CHECK(second.noop().code == 250);
    smtp::client third;
    third = std::move(second);
    CHECK(third.noop().code == 250);
    CHECK(third.sendmail("f@x", "a@x", "hi").empty());
}

TEST_CASE("a client given no server does not connect, and says what is missing") {
    smtp::client client;
    CHECK_FALSE(client.is_connected());
    CHECK_THROWS_AS(client.noop(), smtp::server_disconnected);
    CHECK_THROWS_AS(client.connect(), smtp::invalid_argument);
    CHECK_THROWS_AS(client.connect("mx.example:nonsense"), smtp::invalid_argument);
    CHECK_THROWS_AS(smtp::client("http://mx.example"), smtp::invalid_argument);
}

TEST_CASE("connect leads to another server, or to the same again") {
    mail_server one({}), other({});
    smtp::client client("127.0.0.1", one.port(), named());
    client.close();
    CHECK(client.connect().code == 220);
    client.noop();
    CHECK(client.connect("127.0.0.1", other.port()).code == 220);
    client.rset();
    CHECK(one.heard() == lines{"NOOP"});
    CHECK(other.heard() == lines{"RSET"});
}

TEST_CASE("content that cannot be read to its end closes the link before the final dot") {
    struct : octet_reader {
        bool begun = false;
        std::uint64_t size() const noexcept override { return 1000; }
        error_code next(std::vector<std::string_view>& pieces, std::size_t) override {
            if (begun) return errc::source_changed;
            begun = true;
            pieces.assign({"half a line"});
            return {};
        }
    } shrinking;
    mail_server server({});
    smtp::client client("127.0.0.1", server.port(), named());
    smtp::envelope envelope{"f@x", {{"a@x", {}}}, {}};
    auto outcome = client.try_send(envelope, shrinking, false, false);
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().failure.kind() == smtp::errc::content_error);
    CHECK(outcome.error().failure.cause == errc::source_changed);
    CHECK_FALSE(outcome.error().report.in_doubt());
    CHECK_FALSE(client.is_connected());
    CHECK(server.heard().back() == "DATA");
}

TEST_CASE("the debug level prints the dialogue to standard error, without secrets") {
    dialogue said;
    said.extensions = {"AUTH PLAIN"};
    said.replies = {{"NOOP", "250 \x1b[31mred"}};
    mail_server server(said);
    smtp::client client("127.0.0.1", server.port(), named());
    captured_stderr captured;
    client.set_debuglevel(1);
    client.login("u", "secret");
    client.noop();
    client.set_debuglevel(0);
    client.rset();
    auto printed = captured.end();
    CHECK(printed.find("C: EHLO me.example\n") != printed.npos);
    CHECK(printed.find("S: 235 welcome\n") != printed.npos);
    CHECK(printed.find("AHUAc2VjcmV0") == printed.npos);
    CHECK(printed.find('\x1b') == printed.npos);
    CHECK(printed.find("RSET") == printed.npos);
}

TEST_CASE("hazard 85: no sink ever sees a secret") {
    struct : trace_sink {
        std::string all;
        void line(trace_side, std::string_view text) override { (all += text) += '\n'; }
    } sink;
    dialogue said;
    said.extensions = {"AUTH PLAIN LOGIN"};
    said.replies = {{"AUTH PLAIN", "504 no"}, {"AUTH LOGIN", "334 UGFzc3dvcmQ6"}, {"c2VjcmV0", "235 ok"}};
    mail_server server(said);
    auto options = named();
    options.trace = &sink;
    smtp::client client("127.0.0.1", server.port(), options);
    CHECK(client.login("user", "secret").code == 235);
    CHECK(sink.all.find("AUTH") != std::string::npos);
    for (auto const* secret : {"secret", "c2VjcmV0", "AHVzZXIAc2VjcmV0"})
        CHECK(sink.all.find(secret) == std::string::npos);
}
