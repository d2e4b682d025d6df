#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <new>
#include <postrider/proto/step.hpp>
#include <utility>

#include "tls_context.hpp"

namespace postrider::net {
namespace {

using key_ptr = std::unique_ptr<EVP_PKEY, openssl_deleter<EVP_PKEY_free>>;
using x509_ptr = std::unique_ptr<X509, openssl_deleter<X509_free>>;
using extension_ptr = std::unique_ptr<X509_EXTENSION, openssl_deleter<X509_EXTENSION_free>>;
using number_ptr = std::unique_ptr<BIGNUM, openssl_deleter<BN_free>>;
using bio_ptr = std::unique_ptr<BIO, openssl_deleter<BIO_free>>;

bool extend(X509* certificate, int kind, char const* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    extension_ptr extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// A serial that no earlier run used: a browser refuses two certificates of one issuer with the same number.
bool number(X509* certificate) {
    number_ptr serial(BN_new());
    return serial && BN_rand(serial.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
           BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool name(X509* certificate) {
    auto* subject = X509_get_subject_name(certificate);
    auto const* common_name = reinterpret_cast<unsigned char const*>("localhost");
    return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, common_name, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, subject) == 1;
}

x509_ptr certify(EVP_PKEY* key) {
    constexpr long hour = 3600, year = 365 * 24 * hour;
    x509_ptr certificate(X509_new());
    auto* raw = certificate.get();
    bool made = raw && X509_set_version(raw, X509_VERSION_3) == 1 && number(raw) && name(raw) &&
                X509_gmtime_adj(X509_getm_notBefore(raw), -hour) && X509_gmtime_adj(X509_getm_notAfter(raw), year) &&
                X509_set_pubkey(raw, key) == 1 &&
                extend(raw, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1") &&
                extend(raw, NID_basic_constraints, "critical,CA:TRUE") &&
                extend(raw, NID_key_usage, "critical,digitalSignature,keyCertSign") &&
                extend(raw, NID_ext_key_usage, "serverAuth") && extend(raw, NID_subject_key_identifier, "hash") &&
                X509_sign(raw, key, EVP_sha256()) != 0;
    if (!made) certificate.reset();
    return certificate;
}

}  // namespace

result<tls_context_ptr> self_signed_server_tls(std::string& why) {
    auto ctx = make_ssl_ctx(TLS_server_method());
    key_ptr key(EVP_EC_gen("P-256"));
    x509_ptr certificate = key ? certify(key.get()) : nullptr;
    if (!certificate || SSL_CTX_use_certificate(ctx.get(), certificate.get()) != 1 ||
        SSL_CTX_use_PrivateKey(ctx.get(), key.get()) != 1) {
        why = "cannot make a certificate: " + openssl_error_words();
        return make_error_code(io_errc::tls_failed);
    }
    return std::make_shared<tls_context>(std::move(ctx));
}

std::string certificate_pem(tls_context const& context) {
    bio_ptr memory(BIO_new(BIO_s_mem()));
    if (!memory) throw std::bad_alloc();
    auto* certificate = SSL_CTX_get0_certificate(context.native());
    if (!certificate || PEM_write_bio_X509(memory.get(), certificate) != 1) return {};
    char* octets = nullptr;
    long size = BIO_get_mem_data(memory.get(), &octets);
    return {octets, static_cast<std::size_t>(size)};
}

}  // namespace postrider::net
