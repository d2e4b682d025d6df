#include <postrider/net/tls_peer.hpp>

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/x509v3.h>

#include "tls_context.hpp"

namespace postrider::net {
namespace {

using bio_ptr = std::unique_ptr<BIO, openssl_deleter<BIO_free>>;
using names_ptr = std::unique_ptr<GENERAL_NAMES, openssl_deleter<GENERAL_NAMES_free>>;

/// The certificate shown, also one that was refused: OpenSSL then has it only at the head of its chain.
X509* certificate_of(SSL const* ssl) {
    if (auto* accepted = SSL_get0_peer_certificate(ssl)) return accepted;
    auto* const chain = SSL_is_server(ssl) ? nullptr : SSL_get_peer_cert_chain(ssl);
    return chain ? sk_X509_value(chain, 0) : nullptr;
}

std::string text_of(X509_NAME const* name) {
    bio_ptr memory(BIO_new(BIO_s_mem()));
    constexpr unsigned long utf8_as_it_is = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    if (!memory || X509_NAME_print_ex(memory.get(), name, 0, utf8_as_it_is) < 0) return {};
    char* octets = nullptr;
    long const size = BIO_get_mem_data(memory.get(), &octets);
    return {octets, static_cast<std::size_t>(size)};
}

std::string_view octets_of(ASN1_STRING const* text) {
    return {reinterpret_cast<char const*>(ASN1_STRING_get0_data(text)),
            static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::string address_of(std::string_view octets) {
    char room[INET6_ADDRSTRLEN];
    int const family = octets.size() == sizeof(in_addr) ? AF_INET : AF_INET6;
    if (family == AF_INET6 && octets.size() != sizeof(in6_addr)) return {};
    return ::inet_ntop(family, octets.data(), room, sizeof room) ? room : std::string();
}

std::chrono::sys_seconds time_of(ASN1_TIME const* time) {
    tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
    return std::chrono::sys_seconds(std::chrono::seconds(::timegm(&parts)));
}

tls_trust trust_in(SSL const* ssl) {
    auto const* context = context_of(ssl);
    if (!context || !context->verifies_peer() || !SSL_is_init_finished(ssl)) return tls_trust::nobody;
    if (context->has_tlsa()) return tls_trust::tlsa;
    return context->checks_chain() ? tls_trust::authorities : tls_trust::fingerprint;
}

}  // namespace

std::vector<std::string> names_of(X509 const* certificate) {
    names_ptr const all(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    std::vector<std::string> names;
    for (int i = 0; i < sk_GENERAL_NAME_num(all.get()); ++i) {
        int kind = 0;
        auto const* value =
            static_cast<ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(all.get(), i), &kind));
        if (kind == GEN_DNS) names.emplace_back(octets_of(value));
        if (kind == GEN_IPADD) names.push_back(address_of(octets_of(value)));
    }
    return names;
}

std::optional<tls_peer> peer_of(SSL const* ssl) {
    auto const* const certificate = certificate_of(ssl);
    if (!certificate && !SSL_is_init_finished(ssl)) return std::nullopt;
    tls_peer peer;
    peer.protocol = SSL_get_version(ssl);
    peer.cipher = SSL_get_cipher_name(ssl);
    peer.resumed = SSL_session_reused(ssl) == 1;
    peer.trust = trust_in(ssl);
    if (!certificate) return peer;
    peer.subject = text_of(X509_get_subject_name(certificate));
    peer.issuer = text_of(X509_get_issuer_name(certificate));
    peer.names = names_of(certificate);
    peer.valid_from = time_of(X509_get0_notBefore(certificate));
    peer.valid_until = time_of(X509_get0_notAfter(certificate));
    peer.sha256 = fingerprint_of(certificate);
    return peer;
}

std::string describe(SSL const* ssl) {
    return std::string(SSL_get_version(ssl)) + ' ' + SSL_get_cipher_name(ssl);
}

}  // namespace postrider::net
