#pragma once
#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <postrider/net/tls.hpp>
#include <postrider/net/tls_peer.hpp>
#include <postrider/proto/sasl/channel_bindings.hpp>
#include <string>
#include <utility>

#include "resumable_sessions.hpp"

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

struct keeps_sessions {};

/// The context that the streams of both drivers draw from. They hold it for as long as they have a connection of it.
class tls_context {
public:
    /// `options`   fingerprints in the form that `fingerprint` gives them, usable TLSA records alone; those of a server
    ///              say nothing
    explicit tls_context(ssl_ctx_ptr native, tls_options options = {})
        : native_(std::move(native)), options_(std::move(options)) {}
    /// One whose connections all lead to one server, and resume each other's sessions.
    tls_context(ssl_ctx_ptr native, tls_options options, keeps_sessions)
        : tls_context(std::move(native), std::move(options)) {
        sessions_ = std::make_unique<resumable_sessions>();
    }

    SSL_CTX* native() const noexcept { return native_.get(); }
    tls_options const& options() const noexcept { return options_; }
    resumable_sessions* sessions() const noexcept { return sessions_.get(); }  ///< null where none are kept

    bool is_pinned() const noexcept { return !options_.fingerprints.empty(); }
    bool has_tlsa() const noexcept { return !options_.tlsa.empty(); }
    /// Whether issuer, name and dates of a certificate count, or TLSA records in their place.
    bool checks_chain() const noexcept {
        return has_tlsa() ||
               (!options_.accept_any_certificate_dangerously && !(is_pinned() && options_.fingerprint_is_enough));
    }
    /// Whether a certificate can be refused.
    bool verifies_peer() const noexcept { return checks_chain() || is_pinned(); }

private:
    ssl_ctx_ptr native_;
    tls_options options_;
    std::unique_ptr<resumable_sessions> sessions_;
};

/// A context for TLS 1.2 and later that never prompts for a passphrase.
ssl_ctx_ptr make_ssl_ctx(SSL_METHOD const*);

/// Lets the connections of a client's contexts hand over their sessions.
void set_resumption(SSL_CTX*);

/// Whom a client's connections believe: authorities, fingerprints, or anybody.
error_code set_trust(SSL_CTX*, tls_options const&, std::string& why);

/// Makes one connection a client's of `context`, which must outlive it: it asks for `host` (SNI) and insists on a
/// certificate for it, a name or an IP address, from the subject alternative names alone (RFC 6125 §6.4). A session that
/// can be resumed is offered.
/// returns    false, and says why, when there is no host that the certificate could be made out to.
bool expect_host(SSL*, tls_context const&, std::string const& host, std::string& why);

/// The name or address that a client's connection insists on; empty where it does not.
std::string expected_name(SSL*);

/// The context of a client's connection; null for a server's.
tls_context const* context_of(SSL const*) noexcept;

/// Why the last call on this connection failed, for people: what it is that did not match, if the certificate or the
/// version was at fault, else what OpenSSL reported.
/// `number`   OpenSSL's code
std::string failure_words(SSL*, unsigned long number);

/// "TLSv1.3 TLS_AES_256_GCM_SHA384"
std::string describe(SSL const*);

/// What the peer showed, of a handshake that went well or one that failed; nothing where it did not come that far.
std::optional<tls_peer> peer_of(SSL const*);

/// The fingerprint of a certificate.
std::string fingerprint_of(X509 const*);
/// Its subject alternative names, those that are hosts or addresses.
std::vector<std::string> names_of(X509 const*);

/// What a login over this connection can be bound to. Each is empty where its RFC does not define it: the first for a
/// certificate whose signature has no hash of its own, the other for a TLS 1.2 without extended master secret.
///                                                                                         RFC 5929 §4.1, RFC 9266 §4.2
sasl::channel_bindings bindings_of(SSL*);

/// The last of OpenSSL's errors; empties its queue.
unsigned long last_openssl_error() noexcept;
/// The same in words; empty when there is none.
std::string openssl_error_words();

}  // namespace postrider::net
