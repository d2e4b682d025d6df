#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <postrider/client/async_smtp.hpp>
#include <postrider/net/async_stream.hpp>
#include <string>
#include <utility>

#include "client_core.hpp"
#include "run_queue.hpp"

namespace postrider::smtp {

/// A session and what goes on in it. Verbs are run one at a time; cancel() may come at any point of one.
struct async_client::state {
    state(boost::asio::any_io_executor where, client_options options)
        : executor(std::move(where)), core(std::move(options), false) {}

    boost::asio::any_io_executor executor;
    client_core core;
    std::optional<net::async_stream> stream;
    class connecting_stop;
    connecting_stop* connecting = nullptr;
    bool is_talking = false;                 // within a verb
    bool stop_asked = false;                 // by cancel(), while it was
    std::optional<net::tls_peer> last_peer;  // of a session that failed: its stream is gone

    boost::asio::awaitable<error_code> connect(std::string& words);
    boost::asio::awaitable<error_code> dial(std::string& words);
    boost::asio::awaitable<result<reply>> open(opening_plan);
    boost::asio::awaitable<bool> reopen();
    template <class Engine>
    boost::asio::awaitable<error_code> run(Engine&);
    template <class Engine>
    boost::asio::awaitable<error_code> drive(Engine&);
    boost::asio::awaitable<result<reply>> converse();
    boost::asio::awaitable<result<smtp::report>> send(outgoing);
    boost::asio::awaitable<result<smtp::report>> send_round(outgoing&);
    boost::asio::awaitable<result<smtp::report>> send_once(outgoing&);
    boost::asio::awaitable<result<void>> send_all(run_queue&);
    boost::asio::awaitable<result<reply>> quit();

    void cancel() noexcept;
    void close() noexcept {
        stream.reset();
        core.engine().stream_closed();
    }
};

}  // namespace postrider::smtp
