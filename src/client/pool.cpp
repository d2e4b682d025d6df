#include <algorithm>
#include <postrider/client/pool.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/envelope.hpp>
#include <utility>

#include "pool_room.hpp"

namespace postrider::smtp {
namespace {

[[noreturn]] void refuse(std::string why) {
    throw_error({.code = errc::invalid_argument, .where = phase::connect, .detail = std::move(why)}, {});
}

server_url parsed(std::string_view text) {
    std::string why;
    auto server = parse_server_url(text, why);
    if (!server) refuse(std::move(why));
    return *std::move(server);
}

std::string domain_of(std::string_view address) {
    return ascii::lower(address.substr(std::min(address.rfind('@') + 1, address.size())));
}

template <class Paths, class AddressOf>
std::vector<std::string> domains_of(Paths const& paths, AddressOf address_of) {
    std::vector<std::string> all;
    for (auto const& path : paths) all.push_back(domain_of(address_of(path)));
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

failed no_room() {
    return {{.code = errc::timeout,
             .where = phase::connect,
             .radius = blast_radius::message,
             .detail = "no session of the pool was free in time; the message is unsent: send it again later"},
            {},
            {}};
}

/// The link had ended before anything was decided, so that another session may take the message.
bool was_stale(failed const& why) {
    auto const& f = why.failure;
    return f.kind() == errc::server_disconnected && f.radius == blast_radius::session && !f.in_doubt &&
           !why.report.in_doubt() && why.report.accepted().empty();
}

void say_goodbye(std::vector<kept_session> sessions) {
    for (auto& one : sessions) {
        try {
            one.session.quit();
        } catch (error const&) {  // it was gone before
        }
    }
}

}  // namespace

struct pool::state {
    state(server_url where, pool_options how) : server(std::move(where)), options(std::move(how)), room(options) {
        if (!server.opens_session) refuse("a pool needs a URL, for it opens its sessions by itself");
        if (options.connections == 0) refuse("a pool of no connections sends nothing");
        if (!options.client.tls_cache) options.client.tls_cache = std::make_shared<net::tls_cache>();
    }

    template <class Send>
    result<report> send(std::vector<std::string> domains, Send send);
    template <class Send>
    result<report> send_over(kept_session, Send const& send, bool& stale);
    result<kept_session> open();
    std::optional<kept_session> idle_session();
    void keep(kept_session);

    server_url server;
    pool_options options;
    pool_room room;
};

/// A session that was idle and turns out to be gone costs nothing but another one; a fresh one that fails is a failure.
template <class Send>
result<report> pool::state::send(std::vector<std::string> domains, Send send) {
    if (options.at_once_to_a_domain == 0) domains.clear();
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
result<report> pool::state::send_over(kept_session one, Send const& send, bool& stale) {
    auto outcome = send(one.session);
    ++one.messages;
    stale = !outcome && was_stale(outcome.error());
    keep(std::move(one));
    return outcome;
}

result<kept_session> pool::state::open() {
    kept_session fresh{client(options.client)};
    if (auto connected = fresh.session.try_connect(server); !connected) return connected.error();
    if (!options.login || !server.user.empty()) return fresh;
    if (auto known = fresh.session.try_login(*options.login); !known) return known.error();
    return fresh;
}

std::optional<kept_session> pool::state::idle_session() {
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

void pool::state::keep(kept_session one) {
    if (!one.session.is_connected()) return;
    bool const is_used_up = options.messages_a_connection > 0 && one.messages >= options.messages_a_connection;
    if (!is_used_up) return room.keep(std::move(one));
    std::vector<kept_session> last;
    last.push_back(std::move(one));
    say_goodbye(std::move(last));
}

pool::pool(std::string_view server, pool_options options) : pool(parsed(server), std::move(options)) {}
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
    std::vector<std::string> domains;
    if (state_->options.at_once_to_a_domain > 0)
        domains = domains_of(mime::envelope_of(mail).forward_paths, [](auto const& path) { return path; });
    return state_->send(std::move(domains), [&](client& session) { return session.try_send(mail); });
}

result<report> pool::try_send(envelope const& who, mime::wire const& octets) {
    auto domains = domains_of(who.forward_paths, [](auto const& path) { return path.address; });
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
