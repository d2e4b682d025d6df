#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <postrider/client/async_pool.hpp>
#include <postrider/client/async_smtp.hpp>
#include <utility>
#include <variant>

#include "async_pool_room.hpp"
#include "idle_sessions.hpp"

namespace asio = boost::asio;

namespace postrider::smtp {

namespace {

using kept = kept_session<async_client>;
using letter = std::variant<mime::message, addressed_wire>;

asio::awaitable<result<report>> send_over(async_client& session, letter const& mail) {
    auto const* message = std::get_if<mime::message>(&mail);
    // Copies are cheap, and the letter may be needed once more.
    if (message) return session.async_try_send(mime::message(*message));
    return session.async_try_send(addressed_wire(std::get<addressed_wire>(mail)));
}

asio::awaitable<void> say_goodbye(std::vector<kept> sessions) {
    for (auto& one : sessions) {
        try {
            co_await one.session.async_quit();
        } catch (error const&) {  // it was gone before
        }
    }
}

}  // namespace

struct async_pool::state {
    state(asio::any_io_executor on, server_url where, pool_options how)
        : executor(std::move(on)),
          server(std::move(where)),
          options(checked_for_pool(server, std::move(how))),
          room(executor, options),
          idle(options) {}

    asio::awaitable<result<report>> send(std::vector<std::string> domains, letter mail);
    asio::awaitable<result<report>> send_over_one(kept, letter const&, bool& stale);
    asio::awaitable<result<kept>> open();
    asio::awaitable<std::optional<kept>> idle_session();
    asio::awaitable<void> keep(kept);

    asio::any_io_executor executor;
    server_url server;
    pool_options options;
    async_pool_room room;
    idle_sessions<async_client> idle;
    bool is_closed = false;  // the pool is gone, and this lives for verbs that are awaited
};

/// A session that was idle and turns out to be gone costs nothing but another one; a fresh one that fails is a failure.
/// Before each step it is asked whether the caller has given up meanwhile: Asio would throw at the next one.
asio::awaitable<result<report>> async_pool::state::send(std::vector<std::string> domains, letter mail) {
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    auto const is_given_up = [&] { return cancellation.cancelled() != asio::cancellation_type::none; };
    auto const place = co_await room.enter(std::move(domains));
    if (!place) co_return place.error();
    auto outdated = idle.take_outdated(pool_rules::clock::now());
    if (!is_given_up()) co_await say_goodbye(std::move(outdated));
    while (!is_given_up()) {
        auto one = co_await idle_session();
        if (!one || is_given_up()) break;
        bool stale = false;
        auto outcome = co_await send_over_one(*std::move(one), mail, stale);
        if (!stale) co_return outcome;
    }
    if (is_given_up()) co_return given_up();
    auto fresh = co_await open();
    if (!fresh) co_return fresh.error();
    if (is_given_up()) co_return given_up();
    bool ignored = false;
    auto outcome = co_await send_over_one(*std::move(fresh), mail, ignored);
    co_return outcome;
}

asio::awaitable<result<report>> async_pool::state::send_over_one(kept one, letter const& mail, bool& stale) {
    auto outcome = co_await send_over(one.session, mail);
    ++one.messages;
    stale = !outcome && was_stale(outcome.error());
    // A cancellation that comes too late must not cost the outcome: without a goodbye there is nothing to await.
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != asio::cancellation_type::none) co_return outcome;
    co_await keep(std::move(one));
    co_return outcome;
}

asio::awaitable<result<kept>> async_pool::state::open() {
    kept fresh{async_client(executor, server, options.client)};
    auto connected = co_await fresh.session.async_try_connect();
    if (!connected) co_return connected.error();
    auto const cancellation = co_await asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != asio::cancellation_type::none) co_return given_up();
    if (!options.login || !server.user.empty()) co_return std::move(fresh);
    auto who = *options.login;
    auto known = co_await fresh.session.async_try_login(std::move(who));
    if (!known) co_return known.error();
    co_return std::move(fresh);
}

asio::awaitable<std::optional<kept>> async_pool::state::idle_session() {
    while (auto one = idle.take(pool_rules::clock::now())) {
        if (pool_rules::clock::now() - one->last_used <= options.trusted_time) co_return std::move(one);
        try {
            co_await one->session.async_noop();
        } catch (error const&) {  // the server has closed it meanwhile
        }
        if (one->session.is_connected()) co_return std::move(one);
        auto const cancellation = co_await asio::this_coro::cancellation_state;
        if (cancellation.cancelled() != asio::cancellation_type::none) break;
    }
    co_return std::nullopt;
}

asio::awaitable<void> async_pool::state::keep(kept one) {
    if (is_closed || !one.session.is_connected()) co_return;
    if (!one.is_used_up(options)) {
        idle.keep(std::move(one), pool_rules::clock::now());
        co_return;
    }
    std::vector<kept> last;
    last.push_back(std::move(one));
    co_await say_goodbye(std::move(last));
}

async_pool::async_pool(asio::any_io_executor executor, std::string_view server, pool_options options)
    : async_pool(std::move(executor), parsed_for_pool(server), std::move(options)) {}
async_pool::async_pool(asio::any_io_executor executor, server_url server, pool_options options)
    : state_(std::make_shared<state>(std::move(executor), std::move(server), std::move(options))) {}

async_pool::~async_pool() {
    state_->is_closed = true;
    state_->idle.take_all();
}

asio::awaitable<result<report>> async_pool::async_try_send(mime::message mail) {
    auto const alive = state_;  // the pool may go while this is awaited
    auto domains = domains_for(alive->options, mail);
    letter packed(std::move(mail));
    auto outcome = co_await alive->send(std::move(domains), std::move(packed));
    co_return outcome;
}

asio::awaitable<result<report>> async_pool::async_try_send(envelope who, mime::wire octets) {
    auto const alive = state_;
    auto domains = domains_for(alive->options, who);
    letter packed(addressed_wire{std::move(who), std::move(octets)});
    auto outcome = co_await alive->send(std::move(domains), std::move(packed));
    co_return outcome;
}

asio::awaitable<report> async_pool::async_send(mime::message mail) {
    auto outcome = co_await async_try_send(std::move(mail));
    co_return std::move(outcome).value();
}

asio::awaitable<report> async_pool::async_send(envelope who, mime::wire octets) {
    auto outcome = co_await async_try_send(std::move(who), std::move(octets));
    co_return std::move(outcome).value();
}

asio::awaitable<void> async_pool::async_quit() {
    auto const alive = state_;
    auto sessions = alive->idle.take_all();
    co_await say_goodbye(std::move(sessions));
}

std::size_t async_pool::idle() const noexcept {
    return state_->idle.size();
}

std::size_t async_pool::in_use() const noexcept {
    return state_->room.in_use();
}

}  // namespace postrider::smtp
