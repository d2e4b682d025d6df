#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <postrider/core/host.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/core/trace.hpp>
#include <postrider/net/endpoint.hpp>
#include <postrider/net/phase_timeouts.hpp>
#include <postrider/net/stream.hpp>
#include <postrider/net/tls.hpp>
#include <postrider/net/tls_cache.hpp>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>
#include <vector>

namespace postrider::smtp {

/// How a client behaves. What stands here by default is safe.
struct client_options {
    /// What EHLO says. Empty: this host's qualified name, or where it has none the address that it connects from.
    std::string local_hostname;

    /// One figure for every phase; without it, `deadlines`. Zero or less is errc::invalid_argument.
    std::optional<std::chrono::milliseconds> timeout;
    net::phase_timeouts deadlines;

    net::tls_options tls;

    /// Contexts and sessions that several clients share. Null: those of this client, for all its connections.
    std::shared_ptr<net::tls_cache> tls_cache;

    /// Without it a URL's own word counts, else its rule: required, and off on loopback. Of no effect on smtps://.
    std::optional<starttls_policy> starttls;

    /// Bind to this before connecting: an address of this machine, and a port or 0. An empty host is any address.
    std::optional<net::endpoint> source_address;

    /// Connect through this alone (see parse_proxy_url). The server is then never taken for one of this host: TLS is
    /// required on smtp:// and for logins as anywhere else.
    std::optional<net::proxy> proxy;

    net::name_lookup lookup;  ///< finds a server's addresses; empty: the system's way

    /// Octets that are written as soon as there is a connection, in clear and before the greeting: a PROXY line for a
    /// server that expects one.
    std::string preface;

    trace_sink* trace = nullptr;  ///< takes the dialogue, secrets masked; must outlive the client

    /// A password may travel without TLS to a host other than this one.
    bool allow_clear_text_login_dangerously = false;

    /// Mechanisms that login may use, in this order; empty: the strongest first. EXTERNAL, ANONYMOUS and DIGEST-MD5 are
    /// used only where they are named here, OAUTHBEARER and XOAUTH2 also where the credentials have a token.
    std::vector<std::string> mechanisms;

    std::vector<std::string> ignored_extensions;  ///< EHLO keywords that are taken as not offered

    /// How many messages may be sent ahead of their replies, with CHUNKING. All of them are in doubt when the link ends,
    /// and all of them take memory: with many sessions at once a few are enough, far away more are faster.
    std::size_t messages_ahead = limits::flight_messages;

    postrider::host const* host = nullptr;  ///< clock, randomness and name; null: system_host()

    client_options() {}
};

}  // namespace postrider::smtp
