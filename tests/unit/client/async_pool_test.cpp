#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <set>

#include "client/fronts.hpp"
#include "client/pools.hpp"

namespace asio = boost::asio;
using namespace postrider;
using namespace postrider::test;
using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;
using outcome = smtp::result<smtp::report>;

namespace {

/// A pool, and what became of the messages that it was given.
struct scene {
    asio::io_context context;
    smtp::async_pool pool;
    std::vector<std::optional<outcome>> outcomes;
    int thrown = 0;

    scene(std::string const& url, smtp::pool_options options) : pool(context.get_executor(), url, std::move(options)) {
        outcomes.reserve(1000);
    }

    /// Begins to send; the outcome stands in its place when it is there.
    void send(std::string const& address, asio::cancellation_signal* stop = nullptr) {
        auto const place = outcomes.size();
        outcomes.emplace_back();
        auto const note = [this, place](std::exception_ptr e, outcome o) {
            thrown += e != nullptr;
            outcomes[place] = std::move(o);
        };
        auto verb = pool.async_try_send(mail_to(address));
        if (stop)
            asio::co_spawn(context, std::move(verb), asio::bind_cancellation_slot(stop->slot(), note));
        else
            asio::co_spawn(context, std::move(verb), note);
    }
    void go_on() {
        context.restart();
        context.run();
    }
    outcome one(std::string const& address) {
        send(address);
        go_on();
        return *outcomes.back();
    }
    std::ptrdiff_t accepted() const {
        return std::ranges::count_if(outcomes, [](auto const& one) { return one && *one && (*one)->all_accepted(); });
    }
};

void after(asio::io_context& context, std::chrono::microseconds time, std::function<void()> what) {
    auto const timer = std::make_shared<asio::steady_timer>(context, time);
    timer->async_wait([timer, what](boost::system::error_code) { what(); });
}

}  // namespace

TEST_CASE("messages one after the other go over one session, which is opened with the first") {
    mail_server server(dialogue{});
    scene s(server.url(), quickly());
    CHECK(server.heard().empty());
    for (int i = 0; i < 5; ++i) CHECK(s.one("b@there.example").has_value());
    CHECK(said(server, "EHLO") == 1);
    CHECK(said(server, "MAIL") == 5);
    CHECK(s.pool.idle() == 1);
    CHECK(s.pool.in_use() == 0);
    asio::co_spawn(s.context, s.pool.async_quit(), [](std::exception_ptr e) { CHECK_FALSE(e); });
    s.go_on();
    CHECK(s.pool.idle() == 0);
    CHECK(said(server, "QUIT") == 1);
}

TEST_CASE("a session that has had its messages is closed, and the next message opens another") {
    mail_server server(dialogue{});
    auto options = quickly();
    options.messages_a_connection = 2;
    scene s(server.url(), options);
    for (int i = 0; i < 5; ++i) CHECK(s.one("b@there.example").has_value());
    CHECK(said(server, "EHLO") == 3);
    CHECK(said(server, "QUIT") == 2);
}

TEST_CASE("coroutines share the sessions: never more than allowed, and nothing is lost or doubled") {
    busy_server busy;
    auto options = quickly();
    options.connections = 3;
    options.messages_a_connection = 7;
    scene s(busy.url(), options);
    constexpr int messages = 200;
    for (int i = 0; i < messages; ++i) s.send("b" + std::to_string(i) + "@there.example");
    std::size_t most = 0;
    s.context.restart();
    while (s.context.run_one() > 0) most = std::max(most, s.pool.in_use());
    CHECK(s.accepted() == messages);
    CHECK(most == 3);
    CHECK(s.pool.in_use() == 0);
    CHECK(s.pool.idle() <= 3);
    std::set<std::string> recipients;
    for (auto const& mail : busy.server.messages()) recipients.insert(mail.to.front());
    CHECK(recipients.size() == messages);
    CHECK(busy.server.messages().size() == messages);
}

TEST_CASE("a session that the server has ended meanwhile is replaced before the message is lost") {
    dialogue once;
    once.replies = {{"RSET", "250 ok"}, {"NOOP", "!close"}};
    mail_server server(once);
    auto options = quickly();
    options.trusted_time = 0ms;
    scene s(server.url(), options);
    CHECK(s.one("b@there.example").has_value());
    std::this_thread::sleep_for(5ms);
    CHECK(s.one("c@there.example").has_value());
    CHECK(said(server, "NOOP") == 1);
    CHECK(said(server, "EHLO") == 2);
    CHECK(said(server, "RCPT TO:<c@there.example>") == 1);
}

TEST_CASE("a session that ends at the first command of a message gives the message to another one") {
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
    scene s("smtp://" + server.address(), quickly());
    for (int i = 0; i < 3; ++i) CHECK(s.one("b@there.example").has_value());
    CHECK(mails == 3);
}

TEST_CASE("a message that the server may have is never sent again") {
    dialogue forgetful;
    forgetful.replies = {{".", "!close"}};
    mail_server server(forgetful);
    scene s(server.url(), quickly());
    auto const told = s.one("b@there.example");
    REQUIRE(told.has_error());
    CHECK(told.error().failure.in_doubt);
    CHECK(said(server, "DATA") == 1);
    CHECK(s.pool.idle() == 0);
}

TEST_CASE("a session idle for too long is closed politely instead of used") {
    mail_server server(dialogue{});
    auto options = quickly();
    options.idle_time = 1ms;
    scene s(server.url(), options);
    CHECK(s.one("b@there.example").has_value());
    std::this_thread::sleep_for(20ms);
    CHECK(s.one("c@there.example").has_value());
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
    scene s(server.url(), options);
    for (int i = 0; i < 2; ++i) CHECK(s.one("b@there.example").has_value());
    CHECK(said(server, "AUTH PLAIN") == 2);
}

TEST_CASE("hazard 67: no session of a pool is weaker than its options ask") {
    mail_server server(dialogue{});
    auto options = quickly();
    options.client.starttls = smtp::starttls_policy::required;
    scene s(server.url(), options);
    for (int i = 0; i < 2; ++i) CHECK(s.one("b@there.example").has_error());
    CHECK(said(server, "MAIL") == 0);
    CHECK(s.pool.idle() == 0);
}

TEST_CASE("who finds no session free in time is told that the message is unsent") {
    dialogue slow;
    slow.replies = {{"MAIL", "!hang"}};
    mail_server server(slow);
    auto options = quickly();
    options.connections = 1;
    options.client.timeout = 300ms;
    options.patience = 30ms;
    scene s(server.url(), options);
    s.send("b@there.example");
    s.send("c@there.example");
    s.go_on();
    CHECK(s.outcomes[1]->error().failure.kind() == smtp::errc::timeout);
    CHECK_FALSE(s.outcomes[1]->error().failure.in_doubt);
    CHECK(said(server, "RCPT TO:<c@") == 0);
    CHECK(s.pool.in_use() == 0);
}

TEST_CASE("messages keep their pace, over all sessions") {
    busy_server busy;
    auto options = quickly();
    options.messages_a_second = 100;
    scene s(busy.url(), options);
    auto const begin = clock_type::now();
    for (int i = 0; i < 12; ++i) s.send("b@there.example");
    s.go_on();
    CHECK(s.accepted() == 12);
    CHECK(clock_type::now() - begin >= 110ms);  // twelve messages, eleven intervals
}

TEST_CASE("a domain with many messages on their way leaves room for others") {
    busy_server busy;
    auto options = quickly();
    options.connections = 2;
    options.at_once_to_a_domain = 1;
    scene s(busy.url(), options);
    for (auto const* address : {"b@there.example", "c@There.Example", "d@elsewhere.example"}) s.send(address);
    std::size_t most = 0;
    s.context.restart();
    while (s.context.run_one() > 0) most = std::max(most, s.pool.in_use());
    CHECK(s.accepted() == 3);
    CHECK(most == 2);
    // The second one to the same domain had to wait; the third was not held up by it.
    CHECK(busy.server.messages().front().to.front() == "c@There.Example");  // newest first
}

TEST_CASE("who is cancelled while waiting gives up unsent, and the place goes to the next") {
    dialogue slow;
    slow.replies = {{"RCPT TO:<b@", "!hang"}};
    mail_server server(slow);
    auto options = quickly();
    options.connections = 1;
    options.client.timeout = 200ms;
    scene s(server.url(), options);
    asio::cancellation_signal stop;
    s.send("b@there.example");
    s.send("c@there.example", &stop);
    s.send("d@there.example");
    after(s.context, 20ms, [&] { stop.emit(asio::cancellation_type::terminal); });
    s.go_on();
    CHECK(s.outcomes[1]->error().failure.kind() == smtp::errc::cancelled);
    CHECK(s.outcomes[0]->has_error());
    CHECK(s.outcomes[2]->has_value());
    CHECK(said(server, "RCPT TO:<c@") == 0);
    CHECK(s.pool.in_use() == 0);
    CHECK(s.thrown == 0);
}

TEST_CASE("cancelled at any moment, a message is accepted, unsent or in doubt as told, and the pool goes on") {
    for (auto const& extensions : {std::vector<std::string>{"PIPELINING"}, {"PIPELINING", "CHUNKING"}, {"8BITMIME"}}) {
        for (std::chrono::microseconds moment{0}; moment < 4ms; moment += 80us) {
            dialogue talk;
            talk.extensions = extensions;
            mail_server server(talk);
            auto options = quickly();
            options.connections = 1;
            options.trusted_time = 0ms;
            scene s(server.url(), options);
            asio::cancellation_signal stop;
            s.send("b@there.example", &stop);
            after(s.context, moment, [&] { stop.emit(asio::cancellation_type::terminal); });
            s.go_on();
            if (s.thrown > 0) {  // by Asio, which had not begun yet
                CHECK(server.heard().empty());
                continue;
            }
            REQUIRE(s.outcomes[0].has_value());
            auto const& told = *s.outcomes[0];
            if (!told) CHECK(told.error().failure.kind() == smtp::errc::cancelled);
            CHECK(s.pool.in_use() == 0);
            CHECK(s.one("c@there.example").has_value());
            CHECK(said(server, "RCPT TO:<c@there.example>") == 1);
        }
    }
}

TEST_CASE("a pool that goes while a message is on its way lets it end") {
    mail_server server(dialogue{});
    asio::io_context context;
    std::optional<smtp::async_pool> pool(std::in_place, context.get_executor(), server.url(), quickly());
    std::optional<outcome> told;
    asio::co_spawn(context, pool->async_try_send(mail_to("b@there.example")),
                   [&](std::exception_ptr, outcome o) { told = std::move(o); });
    context.run_one();
    pool.reset();
    context.run();
    REQUIRE(told);
    CHECK(told->has_value());
}

TEST_CASE("a context that goes while messages wait takes them along") {
    dialogue slow;
    slow.replies = {{"MAIL", "!hang"}};
    mail_server server(slow);
    auto options = quickly();
    options.connections = 1;
    scene s(server.url(), options);
    for (int i = 0; i < 3; ++i) s.send("b@there.example");
    s.context.run_for(50ms);
    CHECK(s.pool.in_use() == 1);
}

TEST_CASE("an envelope and octets go as they are") {
    busy_server busy;
    scene s(busy.url(), quickly());
    mime::wire wire;
    wire.append(std::string("Subject: raw\r\n\r\nhello\r\n"));
    smtp::envelope who{"a@here.example", {{"b@there.example", {}}}, {}};
    CHECK(run(s.context, s.pool.async_send(who, wire)).all_accepted());
    CHECK(busy.server.messages().front().subject == "raw");
}

TEST_CASE("a pool needs a URL and at least one connection") {
    asio::io_context context;
    auto const here = context.get_executor();
    auto none = quickly();
    none.connections = 0;
    CHECK_THROWS_AS(smtp::async_pool(here, "mail.example:25", quickly()), smtp::invalid_argument);
    CHECK_THROWS_AS(smtp::async_pool(here, "smtp://", quickly()), smtp::invalid_argument);
    CHECK_THROWS_AS(smtp::async_pool(here, "smtp://mail.example", none), smtp::invalid_argument);
}
