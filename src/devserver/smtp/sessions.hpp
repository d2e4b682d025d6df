#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <list>
#include <map>
#include <postrider/net/async_stream.hpp>
#include <postrider/proto/smtp/server_engine.hpp>
#include <postrider/server/async_session.hpp>
#include <string>

#include "bad_certificates.hpp"
#include "catcher.hpp"

namespace postrider::devserver {

/// The way by which a session came in.
struct entrance {
    bool tls_at_once = false;
    bool lmtp = false;
    bool on_loopback = false;
};

/// The SMTP and LMTP sessions that are going on.
class smtp_sessions {
public:
    /// `services` outlive this, and this outlives its sessions.
    smtp_sessions(catch_services const& services, net::tls_context_ptr tls);

    boost::asio::awaitable<void> serve(net::async_stream, entrance);

    /// Tells each of them 421 with `why`.
    void shut_down(std::string const& why);

private:
    smtp::server_engine::options options_for(catcher&, entrance const&) const;
    boost::asio::awaitable<bool> survives_connect(net::async_stream&, net::tls_context_ptr& shown);

    catch_services const& services_;
    net::tls_context_ptr tls_;
    bad_certificates bad_certificates_;
    std::string auth_secret_;
    std::list<server::async_session*> going_on_;
    std::map<std::string, std::uint64_t> from_elsewhere_;  // how many, by address
};

}  // namespace postrider::devserver
