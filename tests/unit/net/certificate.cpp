#include "certificate.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace postrider::test {
namespace {

template <auto Free>
struct deleter {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};

void demand(bool true_thing) {
    if (!true_thing) throw std::runtime_error("cannot make a certificate for a test");
}

using x509_ptr = std::unique_ptr<X509, deleter<X509_free>>;
using key_ptr = std::unique_ptr<EVP_PKEY, deleter<EVP_PKEY_free>>;
using file_ptr = std::unique_ptr<FILE, deleter<std::fclose>>;

x509_ptr read_certificate(std::string const& file) {
    file_ptr from(std::fopen(file.c_str(), "r"));
    demand(from != nullptr);
    x509_ptr read(PEM_read_X509(from.get(), nullptr, nullptr, nullptr));
    demand(read != nullptr);
    return read;
}

key_ptr read_key(std::string const& file) {
    file_ptr from(std::fopen(file.c_str(), "r"));
    demand(from != nullptr);
    key_ptr read(PEM_read_PrivateKey(from.get(), nullptr, nullptr, nullptr));
    demand(read != nullptr);
    return read;
}

std::string hex(unsigned char const* octets, unsigned size) {
    std::string digits;
    for (unsigned i = 0; i < size; ++i)
        for (int half : {octets[i] >> 4, octets[i] & 15}) digits += "0123456789abcdef"[half];
    return digits;
}

void extend(X509* certificate, int kind, char const* value) {
    std::unique_ptr<X509_EXTENSION, deleter<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, kind, value));
    demand(extension && X509_add_ext(certificate, extension.get(), -1));
}

x509_ptr sign(EVP_PKEY* key, certificate_wish const& wish, X509* issuer, EVP_PKEY* issuers_key) {
    x509_ptr made(X509_new());
    auto* raw = made.get();
    demand(X509_set_version(raw, X509_VERSION_3) && ASN1_INTEGER_set(X509_get_serialNumber(raw), 1));
    demand(X509_gmtime_adj(X509_getm_notBefore(raw), wish.valid_from) &&
           X509_gmtime_adj(X509_getm_notAfter(raw), wish.valid_until));
    auto const* name = reinterpret_cast<unsigned char const*>(wish.common_name.c_str());
    demand(X509_NAME_add_entry_by_txt(X509_get_subject_name(raw), "CN", MBSTRING_UTF8, name, -1, -1, 0));
    auto const* issuer_name = X509_get_subject_name(issuer ? issuer : raw);
    demand(X509_set_issuer_name(raw, issuer_name) && X509_set_pubkey(raw, key));
    if (!wish.alternative_names.empty()) extend(raw, NID_subject_alt_name, wish.alternative_names.c_str());
    if (wish.is_authority) extend(raw, NID_basic_constraints, "critical,CA:TRUE");
    demand(X509_sign(raw, issuer ? issuers_key : key, EVP_sha256()) != 0);
    return made;
}

}  // namespace

temporary_folder::temporary_folder() {
    std::string name = std::filesystem::temp_directory_path() / "postrider_test_XXXXXX";
    demand(::mkdtemp(name.data()) != nullptr);
    path = name;
}

temporary_folder::~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}

certificate::certificate(certificate_wish const& wish, certificate const* issuer)
    : file(folder.path / "cert.pem"), key_file(folder.path / "key.pem") {
    key_ptr key(EVP_EC_gen("P-256"));
    demand(key != nullptr);
    auto const issuers = issuer ? read_certificate(issuer->file) : nullptr;
    auto const issuers_key = issuer ? read_key(issuer->key_file) : nullptr;
    auto made = sign(key.get(), wish, issuers.get(), issuers_key.get());
    file_ptr certificate_to(std::fopen(file.c_str(), "w")), key_to(std::fopen(key_file.c_str(), "w"));
    demand(certificate_to && PEM_write_X509(certificate_to.get(), made.get()));
    demand(!issuers || PEM_write_X509(certificate_to.get(), issuers.get()));
    demand(key_to && PEM_write_PrivateKey(key_to.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr));
}

std::string certificate::fingerprint() const {
    unsigned char octets[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    demand(X509_digest(read_certificate(file).get(), EVP_sha256(), octets, &size) == 1);
    return hex(octets, size);
}

std::string certificate::key_fingerprint() const {
    auto const read = read_certificate(file);
    unsigned char* encoded = nullptr;
    int const length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(read.get()), &encoded);
    demand(length > 0);
    unsigned char octets[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    demand(EVP_Digest(encoded, static_cast<std::size_t>(length), octets, &size, EVP_sha256(), nullptr) == 1);
    OPENSSL_free(encoded);
    return hex(octets, size);
}

std::string write_file(std::filesystem::path const& path, std::string const& octets) {
    std::ofstream(path, std::ios::binary) << octets;
    return path;
}

}  // namespace postrider::test
