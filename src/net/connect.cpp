#include <poll.h>

#include <algorithm>
#include <postrider/net/drive.hpp>
#include <postrider/net/stream.hpp>
#include <postrider/proto/step.hpp>
#include <utility>

#include "blocking_stream.hpp"
#include "connection_race.hpp"
#include "lookup.hpp"
#include "open_socket.hpp"
#include "through_proxy.hpp"

namespace postrider::net {
namespace {

using address_list = std::vector<socket_address>;

result<address_list> resolve(endpoint const& where, connect_options const& options, deadline when) {
    if (!needs_lookup(where)) return addresses_of(where);
    lookup asked(where, options.lookup);
    if (asked.ready())
        if (auto ec = wait_until_ready(asked.ready().get(), POLLIN, when)) return ec;
    return asked.take();
}

result<source_list> resolve_source(connect_options const& options, deadline when) {
    if (!options.source) return source_list();
    if (options.source->host.empty()) return source_list(any_source(options.source->port));
    auto found = resolve(*options.source, options, when);
    if (!found) return found.error();
    return source_list(*std::move(found));
}

/// The sockets that are being connected.
class attempts {
public:
    attempts(connection_race& race, source_list const& sources) : race_(race), sources_(sources) {}

    /// The first that is connected.
    result<descriptor> run(deadline when) {
        while (!race_.lost()) {
            auto const now = deadline::clock::now();
            if (now >= when) return make_error_code(io_errc::timed_out);
            while (auto index = race_.next(now)) begin(*index);
            if (race_.lost()) break;
            wait(std::min(when, race_.wake().value_or(when)));
            if (auto winner = look()) return winner;
        }
        return race_.outcome({});
    }

private:
    struct runner {
        std::size_t index;
        descriptor socket;
    };

    void begin(std::size_t index) {
        auto socket = open_socket(race_.address(index), sources_);
        if (!socket) return race_.failed(index, socket.error());
        auto const& address = race_.address(index);
        if (::connect(socket->get(), address.get(), address.size) != 0 && errno != EINPROGRESS)
            return race_.failed(index, system_error_code());
        running_.push_back({index, std::move(*socket)});
    }

    void wait(deadline until) {
        std::vector<pollfd> waiting;
        for (auto const& one : running_) waiting.push_back({one.socket.get(), POLLOUT, 0});
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - deadline::clock::now()).count();
        constexpr std::int64_t an_hour = 3'600'000;
        ::poll(waiting.data(), waiting.size(), static_cast<int>(std::clamp<std::int64_t>(left, 0, an_hour)));
    }

    /// Takes a winner out, and strikes out those that have failed.
    descriptor look() {
        for (auto one = running_.begin(); one != running_.end();) {
            auto const ec = state_of(one->socket);
            if (!ec) return std::move(one->socket);
            if (ec == std::errc::operation_in_progress) {
                ++one;
            } else {
                race_.failed(one->index, ec);
                one = running_.erase(one);
            }
        }
        return descriptor();
    }

    static error_code state_of(descriptor const& socket) {
        pollfd now{socket.get(), POLLOUT, 0};
        if (::poll(&now, 1, 0) == 0) return make_error_code(std::errc::operation_in_progress);
        int outcome = 0;
        socklen_t size = sizeof outcome;
        if (::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &outcome, &size) != 0) return system_error_code();
        return outcome == 0 ? error_code() : system_error_code(outcome);
    }

    connection_race& race_;
    source_list const& sources_;
    std::vector<runner> running_;
};

result<std::unique_ptr<blocking_stream>> dial(endpoint const& where, connect_options const& options, deadline when,
                                              std::string& why) {
    auto const refuse = [&](error_code ec, endpoint const& of) {
        why = ec.message() + " (" + to_string(of) + ')';
        return ec;
    };
    auto addresses = resolve(where, options, when);
    if (!addresses) return refuse(addresses.error(), where);
    auto const sources = resolve_source(options, when);
    if (!sources) return refuse(sources.error(), *options.source);
    connection_race race(*std::move(addresses), options.attempt_delay);
    auto socket = attempts(race, *sources).run(when);
    if (socket) return std::unique_ptr<blocking_stream>(std::make_unique<socket_stream>(std::move(*socket)));
    why = race.words(socket.error());
    return socket.error();
}

}  // namespace

result<std::unique_ptr<blocking_stream>> connect(endpoint const& where, connect_options const& options, deadline when,
                                                 std::string& why) {
    if (options.proxy && where.is_unix()) {
        why = no_unix_socket_behind_a_proxy;
        return make_error_code(std::errc::invalid_argument);
    }
    auto stream = dial(first_hop(where, options), options, when, why);
    if (!options.proxy) return stream;
    error_code ec = stream ? error_code() : stream.error();
    if (!ec) {
        auto const engine = engine_for(*options.proxy, where);
        ec = drive(*engine, **stream, one_deadline{when}, nullptr, where.host);
        why = engine->words();
    }
    if (!ec) return stream;
    why = blame(*options.proxy, why);
    return ec;
}

}  // namespace postrider::net
