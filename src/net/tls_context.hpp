#pragma once
#include <openssl/ssl.h>

#include <memory>
#include <postrider/net/tls.hpp>
#include <postrider/proto/sasl/channel_bindings.hpp>
#include <string>

namespace postrider::net {

template <auto Free>
struct openssl_deleter {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};
using ssl_ctx_ptr = std::unique_ptr<SSL_CTX, openssl_deleter<SSL_CTX_free>>;
using ssl_ptr = std::unique_ptr<SSL, openssl_deleter<SSL_free>>;

/// The context that the streams of both drivers draw from.
class tls_context {
public:
    tls_context(ssl_ctx_ptr native, std::string expected_host, bool verifies_peer)
        : native_(std::move(native)), expected_host_(std::move(expected_host)), verifies_peer_(verifies_peer) {}

    SSL_CTX* native() const noexcept { return native_.get(); }
    std::string const& expected_host() const noexcept { return expected_host_; }  ///< in place of the endpoint's
    bool verifies_peer() const noexcept { return verifies_peer_; }

private:
    ssl_ctx_ptr native_;
    std::string expected_host_;
    bool verifies_peer_;
};

/// A context for TLS 1.2 and later that never prompts for a passphrase.
ssl_ctx_ptr make_ssl_ctx(SSL_METHOD const*);

/// Makes one connection ask for `host` (SNI) and insist on a certificate for it: a name or an IP address, from the
/// subject alternative names alone.                                                                     RFC 6125 §6.4
/// returns    false, and says why, when there is no host that the certificate could be made out to.
bool expect_host(SSL*, tls_context const&, std::string const& host, std::string& why);

/// Why the last call on this connection failed: the certificate's fault if it has one, else what OpenSSL last reported.
std::string failure_words(SSL const*);

/// "TLSv1.3 TLS_AES_256_GCM_SHA384"
std::string describe(SSL const*);

/// What a login over this connection can be bound to. Each is empty where its RFC does not define it: the first for a
/// certificate whose signature has no hash of its own, the other for a TLS 1.2 without extended master secret.
///                                                                                         RFC 5929 §4.1, RFC 9266 §4.2
sasl::channel_bindings bindings_of(SSL*);

/// The last of OpenSSL's errors in words; empties its queue.
std::string openssl_error_words();

}  // namespace postrider::net
