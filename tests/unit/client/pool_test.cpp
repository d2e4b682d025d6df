#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <postrider/mime/envelope.hpp>
#include <postrider/mime/render.hpp>
#include <set>
#include <thread>

#include "client/pools.hpp"

using namespace postrider;
using namespace postrider::test;
using namespace std::chrono_literals;
using lines = std::vector<std::string>;
using clock_type = std::chrono::steady_clock;

namespace {

template <class What>
void in_threads(int count, What what) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back([what, i] { what(i); });
    for (auto& one : threads) one.join();
}

}  // namespace

TEST_CASE("messages one after the other go over one session, which is opened with the first") {
    mail_server server(dialogue{});
    smtp::pool pool(server.url(), quickly());
    CHECK(server.heard().empty());
    for (int i = 0; i < 5; ++i) CHECK(pool.send(mail_to("b@there.example")).all_accepted());
    CHECK(said(server, "EHLO") == 1);
    CHECK(said(server, "MAIL") == 5);
    CHECK(pool.idle() == 1);
    CHECK(pool.in_use() == 0);
    pool.quit();
    CHECK(pool.idle() == 0);
    CHECK(said(server, "QUIT") == 1);
}

TEST_CASE("a session that has had its messages is closed, and the next message opens another") {
    mail_server server(dialogue{});
    auto options = quickly();
    options.messages_a_connection = 2;
    smtp::pool pool(server.url(), options);
    for (int i = 0; i < 5; ++i) CHECK(pool.send(mail_to("b@there.example")).all_accepted());
    CHECK(said(server, "EHLO") == 3);
    CHECK(said(server, "QUIT") == 2);
}

TEST_CASE("a further session of a pool resumes the TLS of a former one") {
    certificate shown;
    listen_options listening;
    listening.shown = &shown;
    dialogue talk;
    talk.extensions = {"STARTTLS"};
    mail_server server(talk, listening);
    auto options = quickly();
    options.client.tls.ca_file = shown.file;
    options.messages_a_connection = 1;
    smtp::pool pool(server.url() + "?starttls=required", options);
    for (int i = 0; i < 4; ++i) CHECK(pool.send(mail_to("b@there.example")).all_accepted());
    CHECK(said(server, "STARTTLS") == 4);
    CHECK(server.resumed_sessions() == 3);
}

TEST_CASE("threads share the sessions: never more than allowed, and nothing is lost or doubled") {
    busy_server busy;
    auto options = quickly();
    options.connections = 3;
    options.messages_a_connection = 7;
    smtp::pool pool(busy.url(), options);
    constexpr int threads = 8, messages = 25;
    std::atomic<std::size_t> most{0}, accepted{0};
    in_threads(threads, [&](int thread) {
        for (int i = 0; i < messages; ++i) {
            auto const address = "b" + std::to_string(thread * messages + i) + "@there.example";
            auto const report = pool.try_send(mail_to(address));
            accepted += report && report->all_accepted();
            most = std::max<std::size_t>(most, pool.in_use());
        }
    });
    CHECK(accepted == threads * messages);
    CHECK(most <= 3);
    CHECK(pool.in_use() == 0);
    CHECK(pool.idle() <= 3);
    std::multiset<std::string> recipients;
    for (auto const& mail : busy.server.messages()) recipients.insert(mail.to.front());
    CHECK(recipients.size() == threads * messages);
    CHECK(std::set<std::string>(recipients.begin(), recipients.end()).size() == threads * messages);
}

TEST_CASE("threads share what resumes TLS, and a pool that quits under them opens sessions anew") {
    certificate shown;
    auto settings = busy_server::on_free_ports();
    settings.certificate_file = shown.file;
    settings.key_file = shown.key_file;
    busy_server busy(settings);
    auto options = quickly();
    options.client.tls.ca_file = shown.file;
    options.connections = 4;
    options.messages_a_connection = 3;
    smtp::pool pool(busy.url() + "?starttls=required", options);
    constexpr int threads = 6, messages = 12;
    std::atomic<std::size_t> accepted{0};
    in_threads(threads, [&](int thread) {
        for (int i = 0; i < messages; ++i) {
            auto const report = pool.try_send(mail_to("b" + std::to_string(thread) + "@there.example"));
            accepted += report && report->all_accepted();
            if (thread == 0 && i % 4 == 3) pool.quit();
        }
    });
    CHECK(accepted == threads * messages);
    CHECK(busy.server.accepted() == threads * messages);
    CHECK(pool.in_use() == 0);
}

TEST_CASE("a session that the server has ended meanwhile is replaced before the message is lost") {
    dialogue once;
    once.replies = {{"RSET", "250 ok"}, {"NOOP", "!close"}};
    mail_server server(once);
    auto options = quickly();
    options.trusted_time = 0ms;
    smtp::pool pool(server.url(), options);
    CHECK(pool.send(mail_to("b@there.example")).all_accepted());
    std::this_thread::sleep_for(5ms);
    CHECK(pool.send(mail_to("c@there.example")).all_accepted());
    CHECK(said(server, "NOOP") == 1);
    CHECK(said(server, "EHLO") == 2);
    CHECK(said(server, "RCPT TO:<c@there.example>") == 1);
}

TEST_CASE("a session that ends at the first command of a message gives the message to another one") {
    // It is trusted, for it has just been used; the second MAIL finds it closed.
    std::atomic<int> mails{0};
    test_server server({}, [&](connection& peer, SSL_CTX*) {
        peer.write("220 mx.example ESMTP\r\n");
        for (int sent = 0; auto line = peer.read_line();) {
            if (line->starts_with("MAIL") && ++sent == 2) return;
            if (line->starts_with("DATA")) {
                peer.write("354 go on\r\n");
                for (auto content = peer.read_line(); content && *content != "."; content = peer.read_line()) continue;
                ++mails;
            }
            peer.write("250 ok\r\n");
        }
    });
    smtp::pool pool("smtp://" + server.address(), quickly());
    for (int i = 0; i < 3; ++i) CHECK(pool.send(mail_to("b@there.example")).all_accepted());
    CHECK(mails == 3);
}

TEST_CASE("a message that the server may have is never sent again") {
    dialogue forgetful;
    forgetful.replies = {{".", "!close"}};
    mail_server server(forgetful);
    smtp::pool pool(server.url(), quickly());
    auto const outcome = pool.try_send(mail_to("b@there.example"));
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().failure.in_doubt);
    CHECK(said(server, "DATA") == 1);
}

TEST_CASE("what the server refuses is the message's failure, and the session goes on") {
    dialogue strict;
    strict.replies = {{"RCPT TO:<nobody@", "550 5.1.1 no such user"}};
    mail_server server(strict);
    smtp::pool pool(server.url(), quickly());
    CHECK(pool.send(mail_to("b@there.example")).all_accepted());
    CHECK_THROWS_AS(pool.send(mail_to("nobody@there.example")), smtp::recipients_refused);
    CHECK(pool.send(mail_to("c@there.example")).all_accepted());
    CHECK(said(server, "EHLO") == 1);
}

TEST_CASE("a session idle for too long is closed politely instead of used") {
    mail_server server(dialogue{});
    auto options = quickly();
    options.idle_time = 1ms;
    smtp::pool pool(server.url(), options);
    CHECK(pool.send(mail_to("b@there.example")).all_accepted());
    std::this_thread::sleep_for(20ms);
    CHECK(pool.send(mail_to("c@there.example")).all_accepted());
    CHECK(said(server, "QUIT") == 1);
    CHECK(said(server, "EHLO") == 2);
}

TEST_CASE("every session logs in") {
    dialogue with_auth;
    with_auth.extensions = {"AUTH PLAIN"};
    with_auth.replies = {{"AUTH PLAIN", "235 2.7.0 welcome"}};
    mail_server server(with_auth);
    auto options = quickly();
    options.messages_a_connection = 1;
    options.login = sasl::credentials{"me", "secret", {}, {}};
    smtp::pool pool(server.url(), options);
    for (int i = 0; i < 2; ++i) CHECK(pool.send(mail_to("b@there.example")).all_accepted());
    CHECK(said(server, "AUTH PLAIN") == 2);
}

TEST_CASE("hazard 67: no session of a pool is weaker than its options ask") {
    mail_server server(dialogue{});
    auto options = quickly();
    options.client.starttls = smtp::starttls_policy::required;
    smtp::pool pool(server.url(), options);
    for (int i = 0; i < 2; ++i) {
        auto const outcome = pool.try_send(mail_to("b@there.example"));
        REQUIRE(outcome.has_error());
        CHECK(outcome.error().failure.where != phase::mail_from);
    }
    CHECK(said(server, "MAIL") == 0);
    CHECK(pool.idle() == 0);
}

TEST_CASE("who finds no session free in time is told that the message is unsent") {
    dialogue slow;
    slow.replies = {{"MAIL", "!hang"}};
    mail_server server(slow);
    auto options = quickly();
    options.connections = 1;
    options.client.timeout = 400ms;
    options.patience = 30ms;
    smtp::pool pool(server.url(), options);
    std::thread first([&] { CHECK_FALSE(pool.try_send(mail_to("b@there.example")).has_value()); });
    while (pool.in_use() == 0) std::this_thread::yield();
    auto const second = pool.try_send(mail_to("c@there.example"));
    first.join();
    REQUIRE(second.has_error());
    CHECK(second.error().failure.kind() == smtp::errc::timeout);
    CHECK_FALSE(second.error().failure.in_doubt);
    CHECK(said(server, "RCPT TO:<c@") == 0);
}

TEST_CASE("messages keep their pace, over all threads and sessions") {
    busy_server busy;
    auto options = quickly();
    options.messages_a_second = 100;
    smtp::pool pool(busy.url(), options);
    auto const begin = clock_type::now();
    in_threads(3, [&](int) {
        for (int i = 0; i < 4; ++i) CHECK(pool.try_send(mail_to("b@there.example")).has_value());
    });
    CHECK(clock_type::now() - begin >= 110ms);  // twelve messages, eleven intervals
}

TEST_CASE("no more messages are on their way to a domain than allowed") {
    dialogue slow;
    slow.replies = {{"MAIL", "!hang"}};
    mail_server server(slow);
    auto options = quickly();
    options.client.timeout = 400ms;
    options.patience = 30ms;
    options.at_once_to_a_domain = 1;
    smtp::pool pool(server.url(), options);
    std::thread first([&] { CHECK_FALSE(pool.try_send(mail_to("b@there.example")).has_value()); });
    while (pool.in_use() == 0) std::this_thread::yield();
    auto const same = pool.try_send(mail_to("c@There.Example"));
    CHECK(same.error().failure.kind() == smtp::errc::timeout);
    CHECK(pool.in_use() == 1);
    first.join();
    CHECK(pool.in_use() == 0);
}

TEST_CASE("an envelope and octets go as they are") {
    busy_server busy;
    smtp::pool pool(busy.url(), quickly());
    mime::wire wire;
    wire.append(std::string("Subject: raw\r\n\r\nhello\r\n"));
    CHECK(pool.send({"a@here.example", {{"b@there.example", {}}}, {}}, wire).all_accepted());
    CHECK(busy.server.messages().front().subject == "raw");
}

TEST_CASE("a pool needs a URL and at least one connection") {
    auto none = quickly();
    none.connections = 0;
    CHECK_THROWS_AS(smtp::pool("mail.example:25", quickly()), smtp::invalid_argument);
    CHECK_THROWS_AS(smtp::pool("smtp://", quickly()), smtp::invalid_argument);
    CHECK_THROWS_AS(smtp::pool("smtp://mail.example", none), smtp::invalid_argument);
}
