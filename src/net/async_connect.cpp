#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>
#include <postrider/net/error.hpp>
#include <utility>
#include <vector>

#include "async_stream_state.hpp"

namespace asio = boost::asio;

namespace postrider::net {
namespace {

using address_list = std::vector<socket_address>;

bool needs_lookup(endpoint const& where) {
    boost::system::error_code ec;
    asio::ip::make_address(where.host, ec);
    return !where.is_unix() && ec;
}

error_code translate(boost::system::error_code const& ec) {
    if (ec == asio::error::host_not_found || ec == asio::error::no_data) return errc::host_unknown;
    if (ec == asio::error::operation_aborted) return io_errc::cancelled;
    return errc::lookup_failed;
}

asio::awaitable<result<address_list>> look_up(endpoint const& where) {
    asio::ip::tcp::resolver resolver(co_await asio::this_coro::executor);
    boost::system::error_code ec;
    auto numeric = asio::ip::resolver_base::numeric_service;
    std::string port = std::to_string(where.port);
    auto found =
        co_await resolver.async_resolve(where.host, port, numeric, asio::redirect_error(asio::use_awaitable, ec));
    auto cancellation = co_await asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != asio::cancellation_type::none) co_return make_error_code(io_errc::cancelled);
    if (ec) co_return translate(ec);
    address_list addresses;
    for (auto const& entry : found) {
        auto peer = entry.endpoint();
        auto& address = addresses.emplace_back();
        std::memcpy(&address.storage, peer.data(), peer.size());
        address.size = static_cast<socklen_t>(peer.size());
    }
    co_return addresses;
}

}  // namespace

asio::awaitable<result<async_stream>> async_connect(endpoint const& where, connect_options const& options,
                                                    deadline when, std::string& why) {
    result<address_list> addresses = address_list();
    if (needs_lookup(where))
        addresses = co_await look_up(where);
    else
        addresses = addresses_of(where);
    if (!addresses) {
        why = addresses.error().message() + " (" + to_string(where) + ')';
        co_return addresses.error();
    }
    auto executor = co_await asio::this_coro::executor;
    error_code last;
    for (std::size_t left = addresses->size(); auto const& address : *addresses) {
        // An address that swallows packets must not use up the time of the others.
        auto now = deadline::clock::now();
        auto share = now + (when - now) / static_cast<long>(left--);
        auto stream = std::make_shared<async_stream::state>(executor);
        last = co_await stream->connect(address, options, share);
        if (!last) co_return async_stream(std::move(stream));
        why += (why.empty() ? "" : "; ") + last.message() + " (" + to_string(address) + ')';
        if (last == io_errc::cancelled) break;
    }
    co_return last;
}

}  // namespace postrider::net
