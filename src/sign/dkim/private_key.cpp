#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <postrider/codec/base64.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/sign/dkim/error.hpp>
#include <postrider/sign/dkim/key.hpp>

#include "blanks.hpp"
#include "evp.hpp"

namespace postrider::dkim {
namespace {

using memory_bio = std::unique_ptr<BIO, freed_by<BIO_free>>;

constexpr std::size_t seed_octets = 32;

/// Instead of libcrypto's own, which asks on the terminal.
int refuse_pass_phrase(char*, int, int, void* asked) {
    *static_cast<bool*>(asked) = true;
    return -1;
}

evp_key read_pem(std::string_view octets, bool& is_encrypted) {
    memory_bio const from(BIO_new_mem_buf(octets.data(), static_cast<int>(octets.size())));
    must(from != nullptr);
    return evp_key(PEM_read_bio_PrivateKey(from.get(), nullptr, refuse_pass_phrase, &is_encrypted));
}

evp_key read_der(std::string_view octets) {
    unsigned char const* at = unsigned_octets(octets);
    return evp_key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(octets.size())));
}

evp_key read_seed(std::string_view octets) {
    auto const decoded = codec::decode_base64(trim(octets));
    std::string_view const seed = octets.size() == seed_octets || !decoded ? octets : *decoded;
    if (seed.size() != seed_octets) return nullptr;
    return evp_key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, unsigned_octets(seed), seed.size()));
}

std::string taken_from(BIO* memory) {
    char* begin = nullptr;
    long const size = BIO_get_mem_data(memory, &begin);
    return {begin, static_cast<std::size_t>(size)};
}

std::string sign_with_rsa(EVP_PKEY* key, std::string_view digest) {
    evp_key_context const context(EVP_PKEY_CTX_new(key, nullptr));
    must(context && EVP_PKEY_sign_init(context.get()) == 1);
    must(EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1);
    must(EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1);
    std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key));
    std::string signature(size, '\0');
    auto* const out = reinterpret_cast<unsigned char*>(signature.data());
    must(EVP_PKEY_sign(context.get(), out, &size, unsigned_octets(digest), digest.size()) == 1);
    signature.resize(size);
    return signature;
}

/// PureEdDSA over the hash, not over what was hashed.                                                   RFC 8463 §3
std::string sign_with_ed25519(EVP_PKEY* key, std::string_view digest) {
    evp_digest_context const context(EVP_MD_CTX_new());
    must(context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key) == 1);
    std::size_t size = 64;
    std::string signature(size, '\0');
    auto* const out = reinterpret_cast<unsigned char*>(signature.data());
    must(EVP_DigestSign(context.get(), out, &size, unsigned_octets(digest), digest.size()) == 1);
    return signature;
}

}  // namespace

std::string_view to_string(algorithm one) noexcept {
    return one == algorithm::rsa_sha256 ? "rsa-sha256" : "ed25519-sha256";
}

result<private_key> private_key::read(std::string_view octets) {
    if (octets.size() > limits::dkim_key_file_octets) return make_error_code(errc::bad_key);
    bool is_encrypted = false;
    evp_key key = read_pem(octets, is_encrypted);
    if (!key) key = read_seed(octets);
    if (!key) key = read_der(octets);
    ERR_clear_error();
    if (!key) return make_error_code(is_encrypted ? errc::encrypted_key : errc::bad_key);
    if (auto const usable = algorithm_of(key.get()); !usable) return usable.error();
    return private_key(std::move(key));
}

result<private_key> private_key::make_rsa(unsigned bits) {
    if (bits < limits::dkim_least_key_bits) return make_error_code(errc::key_too_short);
    if (bits > limits::dkim_key_bits) return make_error_code(errc::key_too_long);
    evp_key key(EVP_RSA_gen(bits));
    must(key != nullptr);
    return private_key(std::move(key));
}

private_key private_key::make_ed25519() {
    evp_key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    must(key != nullptr);
    return private_key(std::move(key));
}

algorithm private_key::algorithm() const noexcept {
    return EVP_PKEY_is_a(key_.get(), "RSA") ? algorithm::rsa_sha256 : algorithm::ed25519_sha256;
}

unsigned private_key::bits() const noexcept {
    return static_cast<unsigned>(EVP_PKEY_get_bits(key_.get()));
}

std::string private_key::pem() const {
    memory_bio const out(BIO_new(BIO_s_mem()));
    must(out && PEM_write_bio_PKCS8PrivateKey(out.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return taken_from(out.get());
}

std::string private_key::public_octets() const {
    if (algorithm() == algorithm::ed25519_sha256) {
        unsigned char room[seed_octets];
        std::size_t size = sizeof room;
        must(EVP_PKEY_get_raw_public_key(key_.get(), room, &size) == 1);
        return {reinterpret_cast<char*>(room), size};
    }
    memory_bio const out(BIO_new(BIO_s_mem()));
    must(out && i2d_PUBKEY_bio(out.get(), key_.get()) == 1);
    return taken_from(out.get());
}

std::string private_key::sign(std::string_view digest) const {
    return algorithm() == algorithm::rsa_sha256 ? sign_with_rsa(key_.get(), digest)
                                                : sign_with_ed25519(key_.get(), digest);
}

}  // namespace postrider::dkim
