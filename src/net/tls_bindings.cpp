#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include "tls_context.hpp"

namespace postrider::net {
namespace {

constexpr std::size_t exporter_octets = 32;

/// The server's certificate, whichever side we are.
X509* server_certificate(SSL const* ssl) {
    return SSL_is_server(ssl) ? SSL_get_certificate(ssl) : SSL_get0_peer_certificate(ssl);
}

/// RFC 5929 §4.1: the hash of the certificate's signature, but SHA-256 where that is MD5 or SHA-1.
std::string hash_of(X509* certificate) {
    int digest = NID_undef;
    if (!certificate || X509_get_signature_info(certificate, &digest, nullptr, nullptr, nullptr) != 1) return {};
    if (digest == NID_md5 || digest == NID_sha1) digest = NID_sha256;
    EVP_MD const* const md = digest == NID_undef ? nullptr : EVP_get_digestbynid(digest);
    unsigned char room[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (!md || X509_digest(certificate, md, room, &size) != 1) return {};
    return {reinterpret_cast<char*>(room), size};
}

/// RFC 9266 §4.2: only where the master secret is bound to the handshake.
std::string exported(SSL* ssl) {
    constexpr std::string_view label = "EXPORTER-Channel-Binding";
    if (SSL_version(ssl) < TLS1_3_VERSION && SSL_get_extms_support(ssl) != 1) return {};
    unsigned char room[exporter_octets];
    if (SSL_export_keying_material(ssl, room, sizeof room, label.data(), label.size(), nullptr, 0, 1) != 1) return {};
    return {reinterpret_cast<char*>(room), sizeof room};
}

}  // namespace

sasl::channel_bindings bindings_of(SSL* ssl) {
    return {hash_of(server_certificate(ssl)), exported(ssl)};
}

}  // namespace postrider::net
