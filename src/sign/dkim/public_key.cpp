#include "public_key.hpp"

#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <postrider/core/limits.hpp>
#include <postrider/sign/dkim/error.hpp>

namespace postrider::dkim {
namespace {

evp_key read_rsa(std::string_view octets) {
    auto const size = static_cast<long>(octets.size());
    unsigned char const* const begin = unsigned_octets(octets);
    unsigned char const* end = begin;
    evp_key key(d2i_PUBKEY(nullptr, &end, size));
    if (!key) {
        end = begin;
        key.reset(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &end, size));
    }
    bool const is_all = end == begin + size;
    return key && is_all && EVP_PKEY_is_a(key.get(), "RSA") ? std::move(key) : nullptr;
}

evp_key read_ed25519(std::string_view octets) {
    return evp_key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, unsigned_octets(octets), octets.size()));
}

bool verify_rsa(EVP_PKEY* key, std::string_view digest, std::string_view signature) {
    evp_key_context const context(EVP_PKEY_CTX_new(key, nullptr));
    must(context != nullptr);
    return EVP_PKEY_verify_init(context.get()) == 1 &&
           EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
           EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1 &&
           EVP_PKEY_verify(context.get(), unsigned_octets(signature), signature.size(), unsigned_octets(digest),
                           digest.size()) == 1;
}

bool verify_ed25519(EVP_PKEY* key, std::string_view digest, std::string_view signature) {
    evp_digest_context const context(EVP_MD_CTX_new());
    must(context != nullptr);
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
           EVP_DigestVerify(context.get(), unsigned_octets(signature), signature.size(), unsigned_octets(digest),
                            digest.size()) == 1;
}

}  // namespace

result<public_key> public_key::read(key_record const& record, algorithm kind) {
    std::string_view const octets = record.public_octets;
    evp_key key = kind == algorithm::rsa_sha256 ? read_rsa(octets) : read_ed25519(octets);
    ERR_clear_error();
    if (!key) return make_error_code(errc::bad_key_record);
    public_key read(std::move(key), kind);
    if (kind == algorithm::rsa_sha256 && read.bits() > limits::dkim_key_bits)
        return make_error_code(errc::key_too_long);
    return read;
}

unsigned public_key::bits() const noexcept {
    return static_cast<unsigned>(EVP_PKEY_get_bits(key_.get()));
}

bool public_key::verifies(std::string_view digest, std::string_view signature) const {
    bool const right = kind_ == algorithm::rsa_sha256 ? verify_rsa(key_.get(), digest, signature)
                                                      : verify_ed25519(key_.get(), digest, signature);
    ERR_clear_error();
    return right;
}

}  // namespace postrider::dkim
