#include "evp.hpp"

#include <new>
#include <postrider/core/limits.hpp>
#include <postrider/sign/dkim/error.hpp>

namespace postrider::dkim {

void must(bool done) {
    if (!done) throw std::bad_alloc();
}

sha256_stream::sha256_stream() : context_(EVP_MD_CTX_new()) {
    must(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
}

void sha256_stream::put(std::string_view octets) {
    must(EVP_DigestUpdate(context_.get(), octets.data(), octets.size()) == 1);
}

std::string sha256_stream::finish() {
    unsigned char room[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    must(EVP_DigestFinal_ex(context_.get(), room, &size) == 1);
    return {reinterpret_cast<char*>(room), size};
}

result<algorithm> algorithm_of(EVP_PKEY const* key) {
    if (EVP_PKEY_is_a(key, "ED25519")) return algorithm::ed25519_sha256;
    if (!EVP_PKEY_is_a(key, "RSA")) return make_error_code(errc::bad_key);
    auto const bits = static_cast<unsigned>(EVP_PKEY_get_bits(key));
    if (bits < limits::dkim_least_key_bits) return make_error_code(errc::key_too_short);
    if (bits > limits::dkim_key_bits) return make_error_code(errc::key_too_long);
    return algorithm::rsa_sha256;
}

}  // namespace postrider::dkim
