#include <postrider/client/pool.hpp>
#include <utility>

#include "pool_room.hpp"

namespace postrider::smtp {
namespace {

using kept = pool_room::kept;

void say_goodbye(std::vector<kept> sessions) {
    for (auto& one : sessions) {
        try {
            one.session.quit();
        } catch (error const&) {  // it was gone before
        }
    }
}

}  // namespace

struct pool::state {
    state(server_url where, pool_options how)
        : server(std::move(where)), options(checked_for_pool(server, std::move(how))), room(options) {}

    template <class Send>
    result<report> send(std::vector<std::string> domains, Send send);
    template <class Send>
    result<report> send_over(kept, Send const& send, bool& stale);
    result<kept> open();
    std::optional<kept> idle_session();
    void keep(kept);

    server_url server;
    pool_options options;
    pool_room room;
};

/// A session that was idle and turns out to be gone costs nothing but another one; a fresh one that fails is a failure.
template <class Send>
result<report> pool::state::send(std::vector<std::string> domains, Send send) {
    auto const place = room.enter(std::move(domains));
    say_goodbye(room.take_outdated());
    if (!place) return no_room();
    while (auto idle = idle_session()) {
        bool stale = false;
        auto outcome = send_over(*std::move(idle), send, stale);
        if (!stale) return outcome;
    }
    auto fresh = open();
    if (!fresh) return fresh.error();
    bool ignored = false;
    return send_over(*std::move(fresh), send, ignored);
}

template <class Send>
result<report> pool::state::send_over(kept one, Send const& send, bool& stale) {
    auto outcome = send(one.session);
    ++one.messages;
    stale = !outcome && was_stale(outcome.error());
    keep(std::move(one));
    return outcome;
}

result<kept> pool::state::open() {
    kept fresh{client(options.client)};
    if (auto connected = fresh.session.try_connect(server); !connected) return connected.error();
    if (!options.login || !server.user.empty()) return fresh;
    if (auto known = fresh.session.try_login(*options.login); !known) return known.error();
    return fresh;
}

std::optional<kept> pool::state::idle_session() {
    while (auto one = room.take()) {
        if (pool_room::clock::now() - one->last_used <= options.trusted_time) return one;
        try {
            one->session.noop();
            if (one->session.is_connected()) return one;
        } catch (error const&) {  // the server has closed it meanwhile
        }
    }
    return {};
}

void pool::state::keep(kept one) {
    if (!one.session.is_connected()) return;
    if (!one.is_used_up(options)) return room.keep(std::move(one));
    std::vector<kept> last;
    last.push_back(std::move(one));
    say_goodbye(std::move(last));
}

pool::pool(std::string_view server, pool_options options) : pool(parsed_for_pool(server), std::move(options)) {}
pool::pool(server_url server, pool_options options)
    : state_(std::make_unique<state>(std::move(server), std::move(options))) {}
pool::~pool() = default;

report pool::send(mime::message const& mail) {
    return try_send(mail).value();
}

report pool::send(envelope const& who, mime::wire const& octets) {
    return try_send(who, octets).value();
}

result<report> pool::try_send(mime::message const& mail) {
    auto domains = domains_for(state_->options, mail);
    return state_->send(std::move(domains), [&](client& session) { return session.try_send(mail); });
}

result<report> pool::try_send(envelope const& who, mime::wire const& octets) {
    auto domains = domains_for(state_->options, who);
    return state_->send(std::move(domains), [&](client& session) { return session.try_send(who, octets); });
}

void pool::quit() {
    say_goodbye(state_->room.take_all());
}

std::size_t pool::idle() const {
    return state_->room.idle();
}

std::size_t pool::in_use() const {
    return state_->room.in_use();
}

}  // namespace postrider::smtp
