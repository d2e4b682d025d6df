#pragma once
#include <chrono>
#include <string>
#include <vector>

namespace postrider::net {

/// What made us believe that the peer is who it should be.
enum class tls_trust {
    nobody,       ///< nothing did: any certificate was taken, or the one shown was refused
    authorities,  ///< its chain leads to a trusted certificate, and it is made out to the host
    fingerprint,  ///< its fingerprint alone
    tlsa,         ///< a TLSA record of its server
};

/// What the other side of a TLS connection showed, and what was agreed on. Texts of the certificate are the peer's own:
/// escape them before they meet a terminal.
struct tls_peer {
    std::string protocol;  ///< "TLSv1.3"
    std::string cipher;    ///< "TLS_AES_256_GCM_SHA384"
    bool resumed = false;  ///< the keys of a former session were taken up again, and no certificate was sent
    tls_trust trust = tls_trust::nobody;

    // Of the certificate; all empty for a client that showed none.
    std::string subject, issuer;     ///< "CN=mx.example,O=Example", RFC 4514
    std::vector<std::string> names;  ///< subject alternative names: hosts and addresses
    std::chrono::sys_seconds valid_from, valid_until;
    std::string sha256;  ///< its fingerprint, as tls_options::fingerprints take it
};

}  // namespace postrider::net
