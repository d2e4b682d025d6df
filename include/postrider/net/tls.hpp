#pragma once
#include <memory>
#include <postrider/core/result.hpp>
#include <string>

namespace postrider::net {

/// How to talk TLS as a client. By default the certificate must be valid, trusted by the system and made out to the
/// host that was asked for.
struct tls_options {
    std::string ca_file;           ///< PEM: trust these and not the system's
    std::string certificate_file;  ///< PEM: show this to the server
    std::string key_file;
    std::string host_name;  ///< expect this name; empty: the endpoint's host
    bool accept_any_certificate_dangerously = false;
    tls_options() {}
};

/// An OpenSSL context behind a name; may be shared by many streams and threads.
class tls_context;
using tls_context_ptr = std::shared_ptr<tls_context>;

/// errors     io_errc::tls_failed, with the reason (an unreadable file, a key that does not fit) in `why`.
result<tls_context_ptr> client_tls(tls_options const&, std::string& why);

/// A server's context from PEM files, or with a self-signed certificate for localhost, 127.0.0.1 and ::1 made now.
result<tls_context_ptr> server_tls(std::string const& certificate_file, std::string const& key_file, std::string& why);
result<tls_context_ptr> self_signed_server_tls(std::string& why);

/// The certificate of a context made by self_signed_server_tls, as PEM: what a client may trust as its CA.
std::string certificate_pem(tls_context const&);

}  // namespace postrider::net
