#pragma once
#include <boost/asio/awaitable.hpp>
#include <postrider/net/async_stream.hpp>
#include <postrider/proto/pop3/server_engine.hpp>

namespace postrider::server {

/// One POP3 session over one connection, from greeting to close; a client that is silent for limits::pop3_idle is left.
/// `handler`  outlives the session.
/// `tls`      for STLS; may be null where the options do not offer it.
boost::asio::awaitable<error_code> serve_pop3(net::async_stream, pop3::server_engine::options,
                                              pop3::server_handler& handler, net::tls_context_ptr tls);

}  // namespace postrider::server
