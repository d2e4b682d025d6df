#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <postrider/server/async_listener.hpp>
#include <utility>

namespace postrider::server {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::chrono::milliseconds shortest_pause{5}, longest_pause{1000};

error_code listen(tcp::acceptor& acceptor, net::endpoint const& where) {
    boost::system::error_code ec;
    tcp::resolver resolver(acceptor.get_executor());
    auto found = resolver.resolve(where.host, std::to_string(where.port), tcp::resolver::passive, ec);
    if (ec) return ec;
    tcp::endpoint address = *found.begin();
    acceptor.open(address.protocol(), ec);
    if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
    if (!ec) acceptor.bind(address, ec);
    if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
    return ec;
}

}  // namespace

struct async_listener::state {
    state(asio::any_io_executor on, std::size_t most) : acceptor(on), pause(on), max_connections(most) {}

    static asio::awaitable<void> accept_connections(std::shared_ptr<state> self);
    static asio::awaitable<void> serve_one(std::shared_ptr<state> self, net::async_stream stream);
    asio::awaitable<void> wait(asio::steady_timer::duration how_long);

    tcp::acceptor acceptor;
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
        tcp::socket socket(self->acceptor.get_executor());
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
        auto session = serve_one(self, net::async_stream(std::move(socket)));
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
    error_code ec = where.is_unix() ? make_error_code(std::errc::not_supported) : listen(state_->acceptor, where);
    if (ec) {
        why = "cannot listen on " + net::to_string(where) + ": " + ec.message();
        return ec;
    }
    boost::system::error_code ignored;
    auto address = state_->acceptor.local_endpoint(ignored);
    state_->bound = {address.address().to_string(), address.port(), {}};
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
    state_->stopped = true;
    boost::system::error_code ignored;
    state_->acceptor.close(ignored);
    state_->pause.cancel();
}

std::size_t async_listener::connections() const noexcept {
    return state_->connections;
}

}  // namespace postrider::server
