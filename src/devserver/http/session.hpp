#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <postrider/net/async_stream.hpp>

#include "api/api.hpp"

namespace postrider::devserver {

/// Answers requests on one connection, one after the other, until either side has had enough.
/// `busy`     counts the requests that have come and are not answered yet; streams of events are not among them.
/// `at`, `busy` outlive the coroutine.
boost::asio::awaitable<void> serve_http(net::async_stream, site const& at, std::size_t& busy);

}  // namespace postrider::devserver
