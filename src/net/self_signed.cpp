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

constexpr long hour = 3600, year = 365 * 24 * hour;
constexpr char const* own_names = "DNS:localhost,IP:127.0.0.1,IP:::1";

/// What a certificate says, and who vouches for it: itself, where nobody else does.
struct wish {
    char const* common_name = "localhost";
    char const* alternative_names = own_names;
    long begins = -hour, ends = year;  ///< in seconds from now
    X509* issuer = nullptr;
    EVP_PKEY* issuer_key = nullptr;
};

bool extend(X509* certificate, X509* issuer, int kind, char const* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    extension_ptr extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// A serial that no earlier run used: a browser refuses two certificates of one issuer with the same number.
bool number(X509* certificate) {
    number_ptr serial(BN_new());
    return serial && BN_rand(serial.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
           BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool name(X509* certificate, X509* issuer, char const* common_name) {
    auto* subject = X509_get_subject_name(certificate);
    auto const* octets = reinterpret_cast<unsigned char const*>(common_name);
    return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, octets, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1;
}

/// Who signs for itself may be taken for an authority; a server's own certificate is trusted that way.
bool say_what_for(X509* certificate, X509* issuer) {
    bool const vouches = certificate == issuer;
    return extend(certificate, issuer, NID_basic_constraints, vouches ? "critical,CA:TRUE" : "critical,CA:FALSE") &&
           extend(certificate, issuer, NID_key_usage,
                  vouches ? "critical,digitalSignature,keyCertSign" : "critical,digitalSignature") &&
           extend(certificate, issuer, NID_ext_key_usage, "serverAuth") &&
           extend(certificate, issuer, NID_subject_key_identifier, "hash");
}

x509_ptr certify(EVP_PKEY* key, wish const& asked) {
    x509_ptr certificate(X509_new());
    auto* raw = certificate.get();
    auto* issuer = asked.issuer ? asked.issuer : raw;
    bool made = raw && X509_set_version(raw, X509_VERSION_3) == 1 && number(raw) &&
                name(raw, issuer, asked.common_name) && X509_gmtime_adj(X509_getm_notBefore(raw), asked.begins) &&
                X509_gmtime_adj(X509_getm_notAfter(raw), asked.ends) && X509_set_pubkey(raw, key) == 1 &&
                extend(raw, issuer, NID_subject_alt_name, asked.alternative_names) && say_what_for(raw, issuer) &&
                X509_sign(raw, asked.issuer_key ? asked.issuer_key : key, EVP_sha256()) != 0;
    if (!made) certificate.reset();
    return certificate;
}

result<tls_context_ptr> context_with(wish const& asked, std::string& why) {
    auto ctx = make_ssl_ctx(TLS_server_method());
    key_ptr key(EVP_EC_gen("P-256"));
    x509_ptr certificate = key ? certify(key.get(), asked) : nullptr;
    if (!certificate || SSL_CTX_use_certificate(ctx.get(), certificate.get()) != 1 ||
        SSL_CTX_use_PrivateKey(ctx.get(), key.get()) != 1) {
        why = "cannot make a certificate: " + openssl_error_words();
        return make_error_code(io_errc::tls_failed);
    }
    return std::make_shared<tls_context>(std::move(ctx));
}

}  // namespace

result<tls_context_ptr> self_signed_server_tls(std::string& why) {
    return context_with(wish(), why);
}

result<tls_context_ptr> flawed_server_tls(certificate_flaw flaw, tls_context const& sound, std::string& why) {
    wish asked;
    if (flaw != certificate_flaw::unknown_issuer) {
        asked.issuer = SSL_CTX_get0_certificate(sound.native());
        asked.issuer_key = SSL_CTX_get0_privatekey(sound.native());
    }
    if (flaw == certificate_flaw::expired) {
        asked.common_name = "localhost, until yesterday";
        asked.begins = -year;
        asked.ends = -24 * hour;
    } else if (flaw == certificate_flaw::wrong_name) {
        asked.common_name = "another.example";
        asked.alternative_names = "DNS:another.example";
    }
    return context_with(asked, why);
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
