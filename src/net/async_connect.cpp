#include <algorithm>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <postrider/net/async_drive.hpp>
#include <utility>
#include <vector>

#include "async_stream_state.hpp"
#include "connection_race.hpp"
#include "lookup.hpp"
#include "open_socket.hpp"
#include "through_proxy.hpp"

namespace asio = boost::asio;

namespace postrider::net {
namespace {

using address_list = std::vector<socket_address>;
using protocol = asio::generic::stream_protocol;
using asio_code = boost::system::error_code;

/// Waits until the descriptor is readable.
asio::awaitable<error_code> wait_until_readable(descriptor& which, deadline when) {
    auto executor = co_await asio::this_coro::executor;
    auto waiting = std::make_shared<asio::posix::stream_descriptor>(executor, which.release());
    asio::steady_timer timer(executor, when);
    timer.async_wait([held = std::weak_ptr(waiting)](asio_code const& ec) {
        asio_code ignored;
        if (auto still = held.lock(); still && !ec) still->cancel(ignored);
    });
    asio_code ec;
    co_await waiting->async_wait(asio::posix::stream_descriptor::wait_read,
                                 asio::redirect_error(asio::use_awaitable, ec));
    if (!ec) co_return error_code();
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    bool const by_caller = cancellation.cancelled() != asio::cancellation_type::none;
    co_return by_caller ? io_errc::cancelled : io_errc::timed_out;
}

asio::awaitable<result<address_list>> resolve(endpoint const& where, connect_options const& options, deadline when) {
    if (!needs_lookup(where)) co_return addresses_of(where);
    lookup asked(where, options.lookup);
    if (asked.ready()) {
        error_code ec = co_await wait_until_readable(asked.ready(), when);
        if (ec) co_return ec;
    }
    co_return asked.take();
}

asio::awaitable<result<source_list>> resolve_source(connect_options const& options, deadline when) {
    if (!options.source) co_return source_list();
    if (options.source->host.empty()) co_return source_list(any_source(options.source->port));
    auto found = co_await resolve(*options.source, options, when);
    if (!found) co_return found.error();
    co_return source_list(*std::move(found));
}

/// The sockets that are being connected. Their handlers share it, and find it over when they come too late.
struct attempts : std::enable_shared_from_this<attempts> {
    attempts(asio::any_io_executor executor, connection_race& of) : race(&of), wake(executor) {}

    void begin(std::size_t index, source_list const& sources) {
        auto made = open_socket(race->address(index), sources);
        if (!made) return race->failed(index, made.error());
        auto const& address = race->address(index);
        auto socket = std::make_shared<protocol::socket>(wake.get_executor());
        socket->assign(protocol(address.family(), 0), made->release());
        running.push_back(socket);
        socket->async_connect(
            protocol::endpoint(address.get(), address.size),
            [self = shared_from_this(), socket, index](asio_code const& ec) { self->note(index, *socket, ec); });
    }

    void note(std::size_t index, protocol::socket& socket, asio_code const& ec) {
        if (!race || winner) return;
        if (ec) {
            asio_code ignored;
            socket.close(ignored);
            race->failed(index, ec);
        } else {
            winner = std::move(socket);
        }
        wake.cancel();
    }

    void end() {
        race = nullptr;
        asio_code ignored;
        for (auto const& socket : running) socket->close(ignored);
    }

    connection_race* race;  // null when it is over
    asio::steady_timer wake;
    std::vector<std::shared_ptr<protocol::socket>> running;
    std::optional<protocol::socket> winner;
};

/// Ends the race however its coroutine ends.
struct ends_race {
    attempts& of;
    ~ends_race() { of.end(); }
};

asio::awaitable<result<protocol::socket>> run(connection_race& race, source_list const& sources, deadline when) {
    auto const all = std::make_shared<attempts>(co_await asio::this_coro::executor, race);
    ends_race const at_last{*all};
    while (!race.lost()) {
        auto const now = deadline::clock::now();
        if (now >= when) co_return make_error_code(io_errc::timed_out);
        while (auto index = race.next(now)) all->begin(*index, sources);
        if (race.lost()) break;
        all->wake.expires_at(std::min(when, race.wake().value_or(when)));
        asio_code woken;
        co_await all->wake.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        if (all->winner) co_return *std::move(all->winner);
        auto const cancellation = co_await asio::this_coro::cancellation_state;
        if (cancellation.cancelled() != asio::cancellation_type::none) co_return make_error_code(io_errc::cancelled);
    }
    co_return race.outcome({});
}

asio::awaitable<result<async_stream>> dial(endpoint const& where, connect_options const& options, deadline when,
                                           std::string& why) {
    auto const refuse = [&why](error_code ec, endpoint const& of) {
        why = ec.message() + " (" + to_string(of) + ')';
        return ec;
    };
    auto addresses = co_await resolve(where, options, when);
    if (!addresses) co_return refuse(addresses.error(), where);
    auto const sources = co_await resolve_source(options, when);
    if (!sources) co_return refuse(sources.error(), *options.source);
    connection_race race(*std::move(addresses), options.attempt_delay);
    auto socket = co_await run(race, *sources, when);
    if (socket) co_return async_stream(*std::move(socket));
    why = race.words(socket.error());
    co_return socket.error();
}

}  // namespace

asio::awaitable<result<async_stream>> async_connect(endpoint const& where, connect_options const& options,
                                                    deadline when, std::string& why) {
    if (options.proxy && where.is_unix()) {
        why = no_unix_socket_behind_a_proxy;
        co_return make_error_code(std::errc::invalid_argument);
    }
    auto stream = co_await dial(first_hop(where, options), options, when, why);
    if (!options.proxy) co_return stream;
    error_code ec = stream ? error_code() : stream.error();
    if (!ec) {
        auto const engine = engine_for(*options.proxy, where);
        one_deadline const all{when};
        tls_context_ptr const none;
        ec = co_await drive(*engine, *stream, all, none, where.host);
        why = engine->words();
    }
    if (!ec) co_return stream;
    why = blame(*options.proxy, why);
    co_return ec;
}

}  // namespace postrider::net
