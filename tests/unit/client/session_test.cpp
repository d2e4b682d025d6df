#include <doctest/doctest.h>

#include <latch>
#include <postrider/core/error.hpp>
#include <postrider/core/host.hpp>
#include <postrider/net/error.hpp>

#include "client/fronts.hpp"
#include "client/mail_server.hpp"
#include "client/named.hpp"
#include "client/refused.hpp"

using namespace postrider;
using namespace postrider::test;
using namespace std::chrono_literals;
using lines = std::vector<std::string>;

/// How a session begins and ends, for the blocking and the awaiting client alike.

namespace {

smtp::client_options waiting(std::chrono::milliseconds timeout) {
    auto options = named();
    options.timeout = timeout;
    return options;
}

/// This machine under a name without a domain.
struct unqualified_host final : host {
    time_point now() const override { return system_host().now(); }
    std::chrono::seconds utc_offset(time_point when) const override { return system_host().utc_offset(when); }
    void random(std::span<char> room) const override { system_host().random(room); }
    std::string name() const override { return "laptop"; }
    result<octet_source_ptr> open(std::filesystem::path const& path) const override { return system_host().open(path); }
};

}  // namespace

TEST_CASE_TEMPLATE("a server that refuses a message while it is written, and closes, is quoted", Front, blocking_client,
                   awaiting_client) {
    for (std::vector<std::string> const& offered : {std::vector<std::string>{}, {"PIPELINING"}}) {
        dialogue said;
        said.extensions = offered;
        said.replies = {{"<content>", "!last 552 5.3.4 too big"}};
        mail_server server(said);
        Front front;
        smtp::client_options options;
        options.timeout = soon;
        REQUIRE(front.connect(server.url(), options));
        auto mail = small_mail();
        mail.attach_data("large.bin", std::string(64 << 20, 'x'));
        auto const sent = front.send(mail);
        REQUIRE_FALSE(sent);
        CHECK(sent.error().failure.code == smtp::errc::data_error);
        REQUIRE(sent.error().failure.said);
        CHECK(sent.error().failure.said->code == 552);
        CHECK_FALSE(sent.error().failure.in_doubt);
        CHECK(sent.error().report.recipients.front().what == smtp::outcome::refused);
        CHECK_FALSE(front.is_connected());
    }
}

TEST_CASE_TEMPLATE("a URL client says hello; host:port reads the greeting alone", Front, blocking_client,
                   awaiting_client) {
    mail_server server({});
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    CHECK(front.client().engine().does_esmtp());
    CHECK(server.heard() == lines{"EHLO me.example"});
    CHECK(front.quit().code == 221);
    CHECK_FALSE(front.is_connected());

    Front by_hand;
    auto greeted = by_hand.connect(server.address(), named());
    REQUIRE(greeted);
    CHECK(greeted->code == 220);
    CHECK(server.heard() == lines{"EHLO me.example", "QUIT"});
}

TEST_CASE_TEMPLATE("a server without EHLO is greeted with HELO", Front, blocking_client, awaiting_client) {
    dialogue old;
    old.replies = {{"EHLO", "500 what"}};
    mail_server server(old);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    CHECK_FALSE(front.client().engine().does_esmtp());
    CHECK(server.heard() == lines{"EHLO me.example", "HELO me.example"});
    CHECK(front.send(small_mail()));
    CHECK(server.after_hello()[0] == "MAIL FROM:<a@here.example>");
}

TEST_CASE_TEMPLATE("EHLO and HELO refused is helo_error", Front, blocking_client, awaiting_client) {
    dialogue rude;
    rude.replies = {{"EHLO", "500 what"}, {"HELO", "504 no"}};
    mail_server server(rude);
    auto why = failure_to_connect<Front>(server.url());
    CHECK(why.kind() == smtp::errc::helo_error);
    CHECK(why.said->code == 504);
}

TEST_CASE_TEMPLATE("a host without a qualified name says the address that it connects from", Front, blocking_client,
                   awaiting_client) {
    mail_server server({});
    unqualified_host here;
    smtp::client_options options;
    options.timeout = soon;
    options.host = &here;
    Front front;
    REQUIRE(front.connect(server.url(), options));
    front.client().close();
    options.source_address = net::endpoint{"127.0.0.7", 0, {}};
    REQUIRE(front.connect(server.url(), options));
    front.client().close();
    options.local_hostname = "me.example";
    REQUIRE(front.connect(server.url(), options));
    CHECK(server.heard() == lines{"EHLO [127.0.0.1]", "EHLO [127.0.0.7]", "EHLO me.example"});

    temporary_folder folder;
    listen_options listening;
    listening.unix_path = folder.path / "socket";
    dialogue said;
    said.lmtp = true;
    mail_server local(said, listening);
    options.local_hostname.clear();
    REQUIRE(front.connect("lmtp://" + listening.unix_path, options));
    CHECK(local.heard() == lines{"LHLO [127.0.0.1]"});
}

TEST_CASE_TEMPLATE("a server is given time while its name is looked up, and no longer than the deadline", Front,
                   blocking_client, awaiting_client) {
    mail_server server({});
    auto options = named();
    options.lookup = [](std::string const&) { return std::vector<std::string>{"::1", "127.0.0.1"}; };
    Front front;
    auto const url = "smtp://mx.example:" + std::to_string(server.port()) + "?starttls=off";
    CHECK(front.connect(url, options));
    options.timeout = at_once;
    auto const released = std::make_shared<std::latch>(1);
    options.lookup = [released](std::string const&) -> result<std::vector<std::string>> {
        released->wait();
        return make_error_code(net::errc::lookup_failed);
    };
    auto const why = failure_to_connect<Front>(url, options);
    released->count_down();
    CHECK(why.kind() == smtp::errc::timeout);
    CHECK(why.detail == "the deadline passed (mx.example:" + std::to_string(server.port()) + ")");
}

TEST_CASE_TEMPLATE("a greeting other than 220 is connect_error and closes", Front, blocking_client, awaiting_client) {
    for (auto [greeting, code, text] :
         {std::tuple("554 no", 554, "no"), std::tuple("hello", -1, "o"), std::tuple("421 busy", 421, "busy")}) {
        dialogue said;
        said.greeting = greeting;
        mail_server server(said);
        for (auto const& where : {server.url(), server.address()}) {
            auto why = failure_to_connect<Front>(where);
            CHECK(why.kind() == smtp::errc::connect_error);
            REQUIRE(why.said);
            CHECK(why.said->code == code);
            CHECK(why.said->text() == text);
        }
        CHECK(server.heard().empty());
    }
}

TEST_CASE_TEMPLATE("no connection is connect_error with the system's reason", Front, blocking_client, awaiting_client) {
    auto why = failure_to_connect<Front>("smtp://127.0.0.1:" + std::to_string(unused_port()));
    CHECK(why.kind() == smtp::errc::connect_error);
    CHECK(why.cause == std::errc::connection_refused);
    CHECK(why.where == phase::connect);
    CHECK(why.is_transient());

    auto unknown = failure_to_connect<Front>("smtp://" + std::string(70, 'a') + ".invalid");
    CHECK(unknown.kind() == smtp::errc::connect_error);
    CHECK(unknown.where == phase::resolve);
    CHECK(unknown.cause == condition::permanent);
}

TEST_CASE_TEMPLATE("lmtp says LHLO, over a unix socket too", Front, blocking_client, awaiting_client) {
    temporary_folder folder;
    listen_options there;
    there.unix_path = folder.path / "lmtp";
    dialogue said;
    said.lmtp = true;
    said.replies = {{"RCPT TO:<c@", "550 5.1.1 no such user"}};
    mail_server server(said, there);
    Front front;
    REQUIRE(front.connect("lmtp://" + there.unix_path, named()));
    auto mail = small_mail();
    mail.to("c@there.example, d@there.example");
    auto report = front.send(mail);
    REQUIRE(report);
    CHECK(report->accepted().size() == 2);
    CHECK(report->refused().size() == 1);
    CHECK(front.noop().code == 250);
    CHECK(server.heard()[0] == "LHLO me.example");
}

TEST_CASE_TEMPLATE("hazard 81: a server that falls silent is a timeout that names the phase", Front, blocking_client,
                   awaiting_client) {
    struct silence {
        char const* at;
        phase where;
        bool in_doubt;
    };
    for (auto [at, where, in_doubt] : {silence{"MAIL", phase::mail_from, false}, silence{"RCPT", phase::rcpt_to, false},
                                       silence{"DATA", phase::data, false}, silence{".", phase::end_of_data, true}}) {
        dialogue said;
        said.replies = {{at, "!hang"}};
        mail_server server(said);
        Front front;
        REQUIRE(front.connect(server.url(), waiting(at_once)));
        auto outcome = front.send(small_mail());
        REQUIRE(outcome.has_error());
        auto const& why = outcome.error().failure;
        CHECK(why.kind() == smtp::errc::timeout);
        CHECK(why.where == where);
        CHECK(why.in_doubt == in_doubt);
        CHECK(outcome.error().report.in_doubt() == in_doubt);
        CHECK_FALSE(front.is_connected());
    }
    dialogue mute, deaf;
    mute.greeting = "!hang";
    deaf.replies = {{"EHLO", "!hang"}};
    mail_server never_greets(mute), never_answers(deaf);
    CHECK(failure_to_connect<Front>(never_greets.url(), waiting(at_once)).where == phase::greeting);
    CHECK(failure_to_connect<Front>(never_answers.url(), waiting(at_once)).where == phase::hello);
    CHECK(failure_to_connect<Front>(never_greets.url("smtps"), waiting(at_once)).kind() == smtp::errc::timeout);
}

TEST_CASE_TEMPLATE("hazard 82: a server that never reads the content is a timeout", Front, blocking_client,
                   awaiting_client) {
    auto lock = std::make_shared<std::mutex>();
    std::unique_lock held(*lock);
    test_server server({}, [lock](connection& peer, SSL_CTX*) {
        peer.write("220 hi\r\n");
        for (auto const* reply : {"250 hi\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n"}) {
            peer.read_line();
            peer.write(reply);
        }
        std::lock_guard until_released(*lock);
    });
    Front front;
    REQUIRE(front.connect("smtp://" + server.address(), waiting(at_once)));
    auto mail = small_mail();
    mail.attach_data("much", std::string(16 << 20, 'x'));
    auto outcome = front.send(mail);
    held.unlock();
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().failure.kind() == smtp::errc::timeout);
    CHECK(outcome.error().failure.where == phase::content);
    CHECK_FALSE(outcome.error().failure.in_doubt);
    CHECK_FALSE(front.is_connected());
}

TEST_CASE_TEMPLATE("hazard 79: a link cut at the final dot leaves the message in doubt", Front, blocking_client,
                   awaiting_client) {
    dialogue said;
    said.replies = {{".", "!close"}};
    mail_server server(said);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    auto outcome = front.send(small_mail());
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().failure.kind() == smtp::errc::server_disconnected);
    CHECK(outcome.error().failure.in_doubt);
    CHECK(outcome.error().report.in_doubt());
    CHECK_FALSE(front.is_connected());
}

TEST_CASE_TEMPLATE("a client without a connection says so, and can connect again", Front, blocking_client,
                   awaiting_client) {
    dialogue said;
    said.replies = {{"NOOP", "421 going down"}};
    mail_server server(said);
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    CHECK(front.noop().code == 421);
    CHECK_FALSE(front.is_connected());
    CHECK_THROWS_AS(front.noop(), smtp::server_disconnected);
    CHECK_THROWS_AS(front.quit(), smtp::server_disconnected);
    auto outcome = front.send(small_mail());
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().failure.kind() == smtp::errc::server_disconnected);
    CHECK(outcome.error().report.unsent().size() == 1);
}

TEST_CASE_TEMPLATE("hazard 62: a control character in a command is refused before a word is said", Front,
                   blocking_client, awaiting_client) {
    mail_server server({});
    Front front;
    REQUIRE(front.connect(server.url(), named()));
    CHECK_THROWS_AS(front.docmd("NOOP\r\nMAIL FROM:<a@b>"), smtp::invalid_argument);
    CHECK_THROWS_AS(front.docmd(std::string("NOOP\0x", 6)), smtp::invalid_argument);
    CHECK(front.is_connected());
    CHECK(front.noop().code == 250);
    CHECK(server.after_hello() == lines{"NOOP"});
}

TEST_CASE_TEMPLATE("options that cannot be meant are refused", Front, blocking_client, awaiting_client) {
    mail_server server({});
    CHECK(failure_to_connect<Front>(server.url(), waiting(0ms)).kind() == smtp::errc::invalid_argument);
    auto options = named();
    options.tls.ca_file = "/no/such/file";
    auto why = failure_to_connect<Front>(server.url("smtps"), options);
    CHECK(why.kind() == smtp::errc::tls_error);
    CHECK(why.detail.find("/no/such/file") != std::string::npos);
    CHECK(server.heard().empty());
}
