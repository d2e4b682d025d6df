#include "sessions.hpp"

#include <array>
#include <optional>
#include <postrider/core/digest.hpp>
#include <postrider/core/limits.hpp>
#include <utility>

#include "proxy_header.hpp"
#include "session_faults.hpp"

namespace postrider::devserver {
namespace {

/// A session in the list for as long as it stands.
class listed {
public:
    listed(std::list<server::async_session*>& in, server::async_session& session)
        : list_(in), place_(in.insert(in.end(), &session)) {}
    ~listed() { list_.erase(place_); }
    listed(listed const&) = delete;

private:
    std::list<server::async_session*>& list_;
    std::list<server::async_session*>::iterator place_;
};

/// One of those from its address, for as long as it stands. This machine's own are not counted: they are ours.
class neighbour {
public:
    neighbour(std::map<std::string, std::uint64_t>& all, net::endpoint const& peer) : all_(all), place_(all.end()) {
        if (peer.host.empty() || net::is_loopback(peer)) return;
        place_ = all_.try_emplace(peer.host, 0).first;
        ++place_->second;
    }
    ~neighbour() {
        if (place_ != all_.end() && --place_->second == 0) all_.erase(place_);
    }
    neighbour(neighbour const&) = delete;

    bool is_one_too_many() const noexcept {
        return place_ != all_.end() && place_->second > limits::connections_of_an_address;
    }

private:
    std::map<std::string, std::uint64_t>& all_;
    std::map<std::string, std::uint64_t>::iterator place_;
};

/// Behind TLS from the first octet no words would be understood yet.
boost::asio::awaitable<void> turn_away(net::async_stream& stream, bool tls_at_once) {
    constexpr std::chrono::seconds patience{5};
    std::array<std::string_view, 1> const words{"421 4.7.0 too many connections from your address\r\n"};
    if (!tls_at_once) co_await stream.write_all(words, net::deadline::clock::now() + patience);
}

std::string unguessable(host const& machine) {
    std::array<char, 12> octets;
    machine.random(octets);
    return to_hex({octets.data(), octets.size()});
}

constexpr std::chrono::seconds time_for_proxy_header{10};

std::string for_whom(proxy::told_peer const& client) {
    if (client.address.empty()) return "[a proxy, for nobody that it names]";
    return "[a proxy, for " + net::to_string(net::endpoint{client.address, client.port, {}}) + ']';
}

void behave(smtp::server_engine::options& options, catch_options const& asked, entrance const& by) {
    auto const& manners = asked.manners;
    // Programs under test write what they write: it is to be seen as it is, unless they are to be told.
    options.strict_line_ends = manners.strict;
    bool const is_default = manners.max_message == limits::message_octets;
    options.max_message = asked.discard && is_default ? 0 : manners.max_message;
    options.require_auth = manners.require_login;
    options.require_tls = manners.require_tls;
    options.hidden_extensions = manners.hidden_extensions;
    options.take_xclient = manners.take_xclient && by.on_loopback;
}

}  // namespace

smtp_sessions::smtp_sessions(catch_services const& services, net::tls_context_ptr tls)
    : services_(services), tls_(std::move(tls)), bad_certificates_(tls_), auth_secret_(unguessable(services.machine)) {}

smtp::server_engine::options smtp_sessions::options_for(catcher& mail, entrance const& by) const {
    smtp::server_engine::options options;
    options.banner = "Postrider catch";
    options.lmtp = by.lmtp;
    options.offer_starttls = !by.tls_at_once;
    options.offer_auth = true;
    options.auth_in_clear = by.on_loopback && !services_.options.manners.require_tls;
    options.cram_seed = unguessable(services_.machine);
    options.auth_secret = auth_secret_;
    options.max_errors = 0;
    behave(options, services_.options, by);
    options.trace = &mail.recorder();
    if (auto const& login = services_.options.login)
        options.secret_of = [login](std::string_view user) {
            return user == login->first ? std::optional(login->second) : std::nullopt;
        };
    return options;
}

/// What a fault does before the first octet.
boost::asio::awaitable<bool> smtp_sessions::survives_connect(net::async_stream& stream, net::tls_context_ptr& shown) {
    using actions = fault_rule::actions;
    auto const* const met = services_.faults.strike(fault_rule::stages::connect);
    if (!met) co_return true;
    auto const rule = met->rule;  // the book may change while we wait
    if (rule.action == actions::bad_certificate) shown = bad_certificates_.with(rule.certificate);
    if (rule.action == actions::delay) co_await stream.pause(rule.time);
    co_return rule.action != actions::drop;
}

boost::asio::awaitable<void> smtp_sessions::serve(net::async_stream stream, entrance by) {
    auto& counted = services_.counted;
    ++counted.sessions;
    counted.tls_sessions += by.tls_at_once;
    counted_one open(counted.sessions_open);
    auto shown = tls_;
    std::optional<proxy::told_peer> client;
    if (services_.options.manners.proxy_protocol) {
        client = co_await read_proxy_header(stream, net::deadline::clock::now() + time_for_proxy_header);
        if (!client) co_return;
    }
    bool const is_named = client && !client->address.empty();
    auto const peer = is_named ? net::endpoint{client->address, client->port, {}} : stream.peer_endpoint();
    neighbour const of_others(from_elsewhere_, peer);
    if (of_others.is_one_too_many()) {
        co_await turn_away(stream, by.tls_at_once);
        co_return;
    }
    if (!co_await survives_connect(stream, shown)) co_return;
    catcher mail(services_);
    if (client) mail.recorder().line(trace_side::client, for_whom(*client));
    auto options = options_for(mail, by);
    std::optional<server::async_session> running;
    session_faults faults(services_.faults, [&](auto kind) { running->show(bad_certificates_.with(kind)); });
    options.faults = &faults;
    auto& session = running.emplace(std::move(stream), std::move(options), mail, shown);
    mail.belongs_to(session, to_string(peer), by.lmtp);
    if (by.tls_at_once) session.tls_at_once();
    listed here(going_on_, session);
    net::phase_timeouts const timeouts;
    co_await session.run(timeouts);
}

void smtp_sessions::shut_down(std::string const& why) {
    for (auto* session : going_on_) session->shut_down(why);
}

}  // namespace postrider::devserver
