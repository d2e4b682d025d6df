#pragma once
#include <openssl/evp.h>

#include <memory>
#include <postrider/core/result.hpp>
#include <postrider/sign/dkim/key.hpp>
#include <string>
#include <string_view>

// libcrypto, as far as signatures need it.
namespace postrider::dkim {

template <auto Free>
struct freed_by {
    template <class T>
    void operator()(T* object) const noexcept {
        Free(object);
    }
};
using evp_key = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using evp_key_context = std::unique_ptr<EVP_PKEY_CTX, freed_by<EVP_PKEY_CTX_free>>;
using evp_digest_context = std::unique_ptr<EVP_MD_CTX, freed_by<EVP_MD_CTX_free>>;

/// What libcrypto can only refuse when memory is gone.
void must(bool done);

/// SHA-256 of octets that come piece by piece.
class sha256_stream {
public:
    sha256_stream();
    void put(std::string_view octets);
    std::string finish();  ///< 32 octets; once

private:
    evp_digest_context context_;
};

/// RSA of a length that counts, or Ed25519.
/// errors     errc::bad_key, ::key_too_short, ::key_too_long
result<algorithm> algorithm_of(EVP_PKEY const* key);

inline unsigned char const* unsigned_octets(std::string_view octets) noexcept {
    return reinterpret_cast<unsigned char const*>(octets.data());
}

}  // namespace postrider::dkim
