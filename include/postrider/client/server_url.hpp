#pragma once
#include <optional>
#include <postrider/core/result.hpp>
#include <postrider/net/endpoint.hpp>
#include <postrider/proto/smtp/client_engine.hpp>
#include <string>
#include <string_view>

namespace postrider::smtp {

/// A server as users write it.
///     smtp://[user[:password]@]host[:port][?starttls=off|offered|required]      submission, port 587
///     smtps://[user[:password]@]host[:port]                                     TLS from the first octet, port 465
///     lmtp://host[:port][?starttls=...]                                         port 24
///     lmtp:///path, lmtp+unix:///path                                           a unix socket
/// User, password and path may be percent-encoded; an "@" in the user need not be. An IPv6 address stands in brackets.
struct server_url {
    enum scheme { smtp, smtps, lmtp };
    scheme kind = smtp;
    std::string user, password;
    net::endpoint where;
    std::optional<starttls_policy> starttls;  ///< as the URL says it; nothing when it does not
    bool opens_session = true;                ///< false for host[:port]: connecting reads the greeting and stops there

    /// What the URL says, else required on smtp://; off on loopback and on lmtp:// and under smtps://.
    starttls_policy effective_starttls() const noexcept;

    friend bool operator==(server_url const&, server_url const&) = default;
};

/// errors     errc::invalid_argument; `why` says what is wrong with the text.
postrider::result<server_url> parse_server_url(std::string_view text, std::string& why);

/// What a client is given: a URL when it holds "://", else host[:port] with `default_port`, which never starts TLS by
/// itself, or the path of a unix socket, which begins with "/".
postrider::result<server_url> parse_server(std::string_view text, std::uint16_t default_port, std::string& why);

/// The URL without its password.
std::string to_string(server_url const&);

}  // namespace postrider::smtp
