#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <ctime>
#include <postrider/proto/smtp/escape.hpp>

#include "tls_context.hpp"

namespace postrider::net {
namespace {

std::string joined(std::vector<std::string> const& words) {
    std::string line;
    for (auto const& word : words) (line += line.empty() ? "" : ", ") += word;
    return line.empty() ? "no name" : smtp::escaped(line);
}

std::string day_of(std::chrono::sys_seconds time) {
    std::time_t const seconds = std::chrono::system_clock::to_time_t(time);
    tm parts{};
    char room[32];
    if (!::gmtime_r(&seconds, &parts) || std::strftime(room, sizeof room, "%Y-%m-%d %H:%M:%S UTC", &parts) == 0)
        return "?";
    return room;
}

std::string certificate_words(SSL* ssl, long verdict) {
    std::string const words = std::string("certificate verify failed: ") + X509_verify_cert_error_string(verdict);
    auto const peer = peer_of(ssl);
    if (!peer) return words;
    switch (verdict) {
        case X509_V_ERR_APPLICATION_VERIFICATION:
            return "certificate verify failed: its SHA-256 fingerprint is " + peer->sha256 + ", which is not expected";
        case X509_V_ERR_DANE_NO_MATCH:
            return "certificate verify failed: no TLSA record matches it; its SHA-256 fingerprint is " + peer->sha256;
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            return words + ": it is made out to " + joined(peer->names) + ", not to " + expected_name(ssl);
        // Of a chain whose other certificates may be the ones at fault.
        case X509_V_ERR_CERT_HAS_EXPIRED:
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return words + ": the server's own is valid from " + day_of(peer->valid_from) + " until " +
                   day_of(peer->valid_until);
        default: return words + ": it is signed by " + smtp::escaped(peer->issuer);
    }
}

/// What the words of an alert leave unsaid.
std::string meaning_of(SSL* ssl, int reason) {
    switch (reason) {
        case SSL_R_UNSUPPORTED_PROTOCOL:
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
            return std::string(": the peer does not speak TLS ") +
                   (SSL_get_min_proto_version(ssl) == TLS1_3_VERSION ? "1.3" : "1.2") +
                   ", the least that is accepted here";
        case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED: return ": the server wants a client's certificate";
        case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
        case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
        case SSL_R_TLSV1_ALERT_UNKNOWN_CA: return ": the peer does not take our certificate";
        default: return {};
    }
}

}  // namespace

std::string failure_words(SSL* ssl, unsigned long number) {
    long const verdict = SSL_get_verify_result(ssl);
    if (verdict != X509_V_OK && SSL_get_verify_mode(ssl) != SSL_VERIFY_NONE) return certificate_words(ssl, verdict);
    char const* const reason = ERR_reason_error_string(number);
    return reason ? reason + meaning_of(ssl, ERR_GET_REASON(number)) : std::string();
}

}  // namespace postrider::net
