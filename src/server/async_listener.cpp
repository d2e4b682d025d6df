#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstring>
#include <postrider/server/async_listener.hpp>
#include <utility>

namespace postrider::server {

namespace asio = boost::asio;
using asio::ip::tcp;
using local = asio::local::stream_protocol;
using protocol = asio::generic::stream_protocol;

namespace {

constexpr std::chrono::milliseconds shortest_pause{5}, longest_pause{1000};

/// An acceptor for TCP and unix sockets alike.
using any_acceptor = asio::basic_socket_acceptor<protocol>;

error_code listen_at(any_acceptor& acceptor, protocol::endpoint const& address) {
    boost::system::error_code ec;
    acceptor.open(address.protocol(), ec);
    if (!ec) acceptor.set_option(any_acceptor::reuse_address(true), ec);
    if (!ec) acceptor.bind(address, ec);
    if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
    if (ec) {
        boost::system::error_code ignored;
        acceptor.close(ignored);
    }
    return ec;
}

error_code listen_on_tcp(any_acceptor& acceptor, net::endpoint const& where) {
    boost::system::error_code ec;
    tcp::resolver resolver(acceptor.get_executor());
    auto found = resolver.resolve(where.host, std::to_string(where.port), tcp::resolver::passive, ec);
    if (ec) return ec;
    return listen_at(acceptor, found.begin()->endpoint());
}

bool is_socket(std::string const& path) {
    struct stat what {};
    return ::lstat(path.c_str(), &what) == 0 && S_ISSOCK(what.st_mode);
}

/// Whether what is there is a socket that a server left behind: nobody answers. A file would be as silent.
bool is_abandoned(any_acceptor& acceptor, local::endpoint const& address) {
    if (!is_socket(address.path())) return false;
    boost::system::error_code ec;
    local::socket probe(acceptor.get_executor());
    probe.connect(address, ec);
    return ec == asio::error::connection_refused;
}

error_code listen_on_path(any_acceptor& acceptor, std::string const& path) {
    if (path.size() >= sizeof(sockaddr_un::sun_path)) return make_error_code(std::errc::filename_too_long);
    local::endpoint const address(path);
    auto ec = listen_at(acceptor, address);
    if (ec != std::errc::address_in_use || !is_abandoned(acceptor, address)) return ec;
    ::unlink(path.c_str());
    return listen_at(acceptor, address);
}

net::endpoint bound_to(any_acceptor const& acceptor) {
    boost::system::error_code ignored;
    auto const any = acceptor.local_endpoint(ignored);
    tcp::endpoint address;
    std::memcpy(address.data(), any.data(), any.size());
    return {address.address().to_string(), address.port(), {}};
}

/// What was accepted, as a stream of its own kind: TCP has settings that a unix socket has not.
net::async_stream stream_of(protocol::socket accepted, bool is_unix) {
    boost::system::error_code ec;
    auto const executor = accepted.get_executor();
    auto const family = accepted.local_endpoint(ec).protocol().family();
    auto const descriptor = accepted.release(ec);
    if (is_unix) return net::async_stream(local::socket(executor, local(), descriptor));
    return net::async_stream(tcp::socket(executor, family == AF_INET6 ? tcp::v6() : tcp::v4(), descriptor));
}

}  // namespace

struct async_listener::state {
    state(asio::any_io_executor on, std::size_t most) : acceptor(on), pause(on), max_connections(most) {}

    static asio::awaitable<void> accept_connections(std::shared_ptr<state> self);
    static asio::awaitable<void> serve_one(std::shared_ptr<state> self, net::async_stream stream);
    asio::awaitable<void> wait(asio::steady_timer::duration how_long);

    any_acceptor acceptor;
    asio::steady_timer pause;  // waits for room, or for descriptors
    std::size_t max_connections;
    std::size_t connections = 0;
    bool stopped = false;
    net::endpoint bound;
    serve each;
};

asio::awaitable<void> async_listener::state::wait(asio::steady_timer::duration how_long) {
    boost::system::error_code ignored;
    pause.expires_after(how_long);
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

asio::awaitable<void> async_listener::state::serve_one(std::shared_ptr<state> self, net::async_stream stream) {
    // A frame that is destroyed with its executor counts itself out as well.
    struct counted {
        state& in;
        explicit counted(state& one) : in(one) { ++in.connections; }
        ~counted() {
            --in.connections;
            in.pause.cancel();
        }
    };
    counted one(*self);
    co_await self->each(std::move(stream));
}

asio::awaitable<void> async_listener::state::accept_connections(std::shared_ptr<state> self) {
    auto backoff = shortest_pause;
    while (!self->stopped) {
        if (self->connections >= self->max_connections) {
            co_await self->wait(longest_pause);
            continue;
        }
        boost::system::error_code ec;
        protocol::socket socket(self->acceptor.get_executor());
        co_await self->acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, ec));
        if (self->stopped) break;
        if (ec) {
            // Out of descriptors or memory, most likely: the connection stays in the queue, and asking again at once
            // would spin.
            co_await self->wait(backoff);
            backoff = std::min(backoff * 2, longest_pause);
            continue;
        }
        backoff = shortest_pause;
        auto session = serve_one(self, stream_of(std::move(socket), self->bound.is_unix()));
        asio::co_spawn(self->acceptor.get_executor(), std::move(session), asio::detached);
    }
}

async_listener::async_listener(asio::any_io_executor on, std::size_t max_connections)
    : state_(std::make_shared<state>(std::move(on), max_connections)) {}

async_listener::async_listener(async_listener&&) noexcept = default;

async_listener::~async_listener() {
    if (state_) stop();
}

error_code async_listener::bind(net::endpoint const& where, std::string& why) {
    auto ec =
        where.is_unix() ? listen_on_path(state_->acceptor, where.unix_path) : listen_on_tcp(state_->acceptor, where);
    if (ec) {
        why = "cannot listen on " + net::to_string(where) + ": " + ec.message();
        return ec;
    }
    state_->bound = where.is_unix() ? where : bound_to(state_->acceptor);
    return {};
}

net::endpoint async_listener::local() const {
    return state_->bound;
}

void async_listener::start(serve each) {
    state_->each = std::move(each);
    asio::co_spawn(state_->acceptor.get_executor(), state::accept_connections(state_), asio::detached);
}

void async_listener::stop() noexcept {
    if (!std::exchange(state_->stopped, true) && state_->bound.is_unix()) ::unlink(state_->bound.unix_path.c_str());
    boost::system::error_code ignored;
    state_->acceptor.close(ignored);
    state_->pause.cancel();
}

std::size_t async_listener::connections() const noexcept {
    return state_->connections;
}

}  // namespace postrider::server
