#include <doctest/doctest.h>

#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/system_error.hpp>
#include <semaphore>
#include <thread>

#include "client/fronts.hpp"
#include "client/mail_server.hpp"

namespace asio = boost::asio;
using namespace postrider;
using namespace postrider::test;
using namespace std::chrono_literals;

/// What only coroutines can do: be cancelled, and run side by side on one thread.

namespace {

asio::awaitable<void> session(asio::any_io_executor executor, std::string url, int& sent) {
    smtp::async_client client(executor, url);
    co_await client.async_connect();
    for (int i = 0; i < 3; ++i) {
        auto report = co_await client.async_send(small_mail());
        sent += report.all_accepted();
    }
    co_await client.async_quit();
}

/// Sends one message and is cancelled `after` that time; tells how it ended.
struct cancelled_send {
    cancelled_send(awaiting_client& front, std::chrono::milliseconds after) {
        asio::steady_timer timer(front.context(), after);
        timer.async_wait([&](boost::system::error_code) { signal.emit(asio::cancellation_type::terminal); });
        auto note = [&](std::exception_ptr e, smtp::result<smtp::report> r) {
            thrown = e;
            outcome = std::move(r);
        };
        asio::co_spawn(front.context(), front.client().async_try_send(small_mail()),
                       asio::bind_cancellation_slot(signal.slot(), note));
        front.context().restart();
        front.context().run();
    }
    asio::cancellation_signal signal;
    std::exception_ptr thrown;
    smtp::result<smtp::report> outcome;
};

}  // namespace

TEST_CASE("sessions run side by side on one thread") {
    std::vector<std::unique_ptr<mail_server>> servers;
    asio::io_context context;
    int sent = 0, failed = 0;
    for (int i = 0; i < 5; ++i) {
        servers.push_back(std::make_unique<mail_server>(dialogue()));
        asio::co_spawn(context, session(context.get_executor(), servers.back()->url(), sent),
                       [&](std::exception_ptr e) { failed += e != nullptr; });
    }
    context.run();
    CHECK(sent == 15);
    CHECK(failed == 0);
}

TEST_CASE("a verb cancelled anywhere leaves the client closed, and says what is in doubt") {
    struct stop {
        char const* at;
        bool in_doubt;
    };
    for (auto [at, in_doubt] : {stop{"MAIL", false}, stop{"RCPT", false}, stop{"DATA", false}, stop{".", true}}) {
        dialogue said;
        said.replies = {{at, "!hang"}};
        mail_server server(said);
        awaiting_client front;
        REQUIRE(front.connect(server.url()));
        cancelled_send send(front, 50ms);
        REQUIRE_FALSE(send.thrown);
        REQUIRE(send.outcome.has_error());
        CHECK(send.outcome.error().failure.kind() == smtp::errc::cancelled);
        CHECK(send.outcome.error().failure.in_doubt == in_doubt);
        CHECK_FALSE(front.is_connected());
        CHECK_THROWS_AS(front.noop(), smtp::server_disconnected);
    }
}

TEST_CASE("cancel() ends the verb that is awaited") {
    dialogue said;
    said.replies = {{"NOOP", "!hang"}};
    mail_server server(said);
    awaiting_client front;
    REQUIRE(front.connect(server.url()));
    asio::steady_timer timer(front.context(), 50ms);
    timer.async_wait([&](boost::system::error_code) { front.client().cancel(); });
    CHECK_THROWS_AS(front.noop(), smtp::cancelled);
    CHECK_FALSE(front.is_connected());
}

TEST_CASE("cancel() ends connecting, whatever it waits for, and the client may connect again") {
    dialogue silent;
    silent.greeting = "!hang";
    mail_server mute(silent), server({});
    std::atomic<int> lookups{0}, answered{0};
    std::counting_semaphore<> answer_now{0};
    smtp::client_options slow_lookup;
    slow_lookup.lookup = [&](std::string const&) -> result<std::vector<std::string>> {
        if (++lookups % 2 == 1) (void)answer_now.try_acquire_for(30s);
        ++answered;
        return std::vector<std::string>{"127.0.0.1"};
    };
    for (bool by_slot : {false, true})
        for (bool in_lookup : {false, true}) {
            awaiting_client front;
            auto const url = in_lookup ? "smtp://mx.example:" + std::to_string(server.port()) : mute.url();
            auto options = in_lookup ? slow_lookup : smtp::client_options();
            options.starttls = smtp::starttls_policy::off;
            smtp::async_client client(front.context().get_executor(), url, options);
            asio::cancellation_signal signal;
            asio::steady_timer timer(front.context(), 40ms);
            timer.async_wait([&](boost::system::error_code) {
                if (by_slot)
                    signal.emit(asio::cancellation_type::terminal);
                else
                    client.cancel();
            });
            std::optional<smtp::result<smtp::reply>> told;
            std::exception_ptr thrown;
            int const answered_before = answered;
            asio::co_spawn(front.context(), client.async_try_connect(),
                           asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr e, auto outcome) {
                               thrown = e;
                               told = std::move(outcome);
                           }));
            front.context().run();
            CHECK_FALSE(thrown);
            CHECK(answered == answered_before);
            REQUIRE(told);
            REQUIRE(told->has_error());
            CHECK(told->error().failure.kind() == smtp::errc::cancelled);
            CHECK_FALSE(client.is_connected());
            if (!in_lookup) continue;
            answer_now.release();
            while (answered == answered_before) std::this_thread::sleep_for(1ms);  // left alone, it refers to this
            CHECK(run(front.context(), client.async_try_connect()).has_value());
        }
}

TEST_CASE("cancelled at any moment, connecting leaves a client that is closed or whole") {
    for (bool by_slot : {false, true})
        for (std::chrono::microseconds moment{0}; moment < 2ms; moment += 50us) {
            mail_server server({});
            asio::io_context context;
            smtp::async_client client(context.get_executor(), server.url());
            asio::cancellation_signal signal;
            asio::steady_timer timer(context, moment);
            timer.async_wait([&](boost::system::error_code) {
                if (by_slot)
                    signal.emit(asio::cancellation_type::terminal);
                else
                    client.cancel();
            });
            std::optional<smtp::result<smtp::reply>> told;
            std::exception_ptr thrown;
            asio::co_spawn(context, client.async_try_connect(),
                           asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr e, auto outcome) {
                               thrown = e;
                               told = std::move(outcome);
                           }));
            context.run();
            CHECK_FALSE(thrown);
            REQUIRE(told);
            CHECK(client.is_connected() == told->has_value());
            if (client.is_connected()) CHECK(run(context, client.async_try_send(small_mail())).has_value());
        }
}

TEST_CASE("a client on a context of its own does not keep it running") {
    mail_server server({});
    awaiting_client front;
    auto begun = std::chrono::steady_clock::now();
    REQUIRE(front.connect(server.url()));
    REQUIRE(front.send(small_mail()));
    CHECK(std::chrono::steady_clock::now() - begun < soon);
}

TEST_CASE("a destroyed client closes without a word") {
    mail_server server({});
    {
        awaiting_client front;
        REQUIRE(front.connect(server.url()));
    }
    CHECK(server.heard().size() == 1);
}
