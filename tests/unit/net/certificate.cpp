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

std::unique_ptr<X509, deleter<X509_free>> sign(EVP_PKEY* key, certificate_wish const& wish) {
    std::unique_ptr<X509, deleter<X509_free>> made(X509_new());
    auto* raw = made.get();
    demand(X509_set_version(raw, X509_VERSION_3) && ASN1_INTEGER_set(X509_get_serialNumber(raw), 1));
    demand(X509_gmtime_adj(X509_getm_notBefore(raw), wish.valid_from) &&
           X509_gmtime_adj(X509_getm_notAfter(raw), wish.valid_until));
    auto const* name = reinterpret_cast<unsigned char const*>(wish.common_name.c_str());
    demand(X509_NAME_add_entry_by_txt(X509_get_subject_name(raw), "CN", MBSTRING_UTF8, name, -1, -1, 0));
    demand(X509_set_issuer_name(raw, X509_get_subject_name(raw)) && X509_set_pubkey(raw, key));
    if (!wish.alternative_names.empty()) {
        std::unique_ptr<X509_EXTENSION, deleter<X509_EXTENSION_free>> names(
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, wish.alternative_names.c_str()));
        demand(names && X509_add_ext(raw, names.get(), -1));
    }
    demand(X509_sign(raw, key, EVP_sha256()) != 0);
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

certificate::certificate(certificate_wish const& wish)
    : file(folder.path / "cert.pem"), key_file(folder.path / "key.pem") {
    std::unique_ptr<EVP_PKEY, deleter<EVP_PKEY_free>> key(EVP_EC_gen("P-256"));
    demand(key != nullptr);
    auto made = sign(key.get(), wish);
    std::unique_ptr<FILE, deleter<std::fclose>> certificate_to(std::fopen(file.c_str(), "w"));
    std::unique_ptr<FILE, deleter<std::fclose>> key_to(std::fopen(key_file.c_str(), "w"));
    demand(certificate_to && PEM_write_X509(certificate_to.get(), made.get()));
    demand(key_to && PEM_write_PrivateKey(key_to.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr));
}

std::string certificate::fingerprint() const {
    std::unique_ptr<FILE, deleter<std::fclose>> from(std::fopen(file.c_str(), "r"));
    demand(from != nullptr);
    std::unique_ptr<X509, deleter<X509_free>> read(PEM_read_X509(from.get(), nullptr, nullptr, nullptr));
    unsigned char octets[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    demand(read && X509_digest(read.get(), EVP_sha256(), octets, &size) == 1);
    std::string digits;
    for (unsigned i = 0; i < size; ++i)
        for (int half : {octets[i] >> 4, octets[i] & 15}) digits += "0123456789abcdef"[half];
    return digits;
}

std::string write_file(std::filesystem::path const& path, std::string const& octets) {
    std::ofstream(path, std::ios::binary) << octets;
    return path;
}

}  // namespace postrider::test
