#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/thread_pool.hpp>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <postrider/devserver/catch_all.hpp>
#include <postrider/server/async_listener.hpp>
#include <string>
#include <thread>

#include "api/api.hpp"
#include "pop3/sessions.hpp"
#include "smtp/sessions.hpp"
#include "webhooks/webhooks.hpp"

namespace postrider::devserver {

/// Members stand in the order in which they are needed: coroutines that `io` destroys with itself still look at what
/// stands above it.
struct catch_server::state {
    explicit state(catch_options asked);
    ~state();

    error_code open_store(std::string& why);
    error_code make_tls(std::string& why);
    error_code bind(std::string& why);
    error_code listen(std::string& why);
    void let_in(server::async_listener& by, entrance how);
    void let_readers_in();
    std::size_t sessions_going_on() const noexcept;
    void one_more_kept() noexcept;
    void make_site();

    boost::asio::awaitable<void> end_when_told();
    boost::asio::awaitable<void> keep_house();
    boost::asio::awaitable<void> end(std::chrono::milliseconds patience);
    template <class Predicate>
    boost::asio::awaitable<void> wait_until(Predicate const& done, std::chrono::milliseconds at_most);

    catch_options options;
    quota wanted;
    std::unique_ptr<store> messages;
    feed changes;
    std::optional<webhooks> hooks;
    metrics counted;
    net::tls_context_ptr tls;
    fault_book faults;
    std::optional<catch_services> services;
    std::optional<smtp_sessions> sessions;
    maildrop_locks maildrops;
    std::optional<site> page;
    std::size_t busy = 0;  // HTTP requests that are being answered

    mutable std::mutex kept_mutex;
    mutable std::condition_variable kept_news;
    std::uint64_t kept = 0;  // under kept_mutex

    boost::asio::io_context io{1};
    boost::asio::posix::stream_descriptor stop_told;
    server::async_listener smtp{io.get_executor(), limits::smtp_connections};
    server::async_listener smtps{io.get_executor(), limits::smtp_connections};
    server::async_listener lmtp{io.get_executor(), limits::smtp_connections};
    server::async_listener pop3{io.get_executor(), limits::smtp_connections};
    server::async_listener http{io.get_executor(), limits::http_connections};
    std::thread background;
    boost::asio::thread_pool threads;  // goes first: what it still does looks at all of the above
};

}  // namespace postrider::devserver
