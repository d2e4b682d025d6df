#include <postrider/core/digest.hpp>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <new>

namespace postrider {
namespace {

EVP_MD const* native(hash kind) {
    switch (kind) {
        case hash::md5: return EVP_md5();
        case hash::sha1: return EVP_sha1();
        case hash::sha256: return EVP_sha256();
        case hash::sha512: return EVP_sha512();
    }
    return EVP_sha256();
}

unsigned char const* octets_of(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

}  // namespace

std::string digest(hash kind, std::string_view octets) {
    unsigned char room[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_Digest(octets.data(), octets.size(), room, &size, native(kind), nullptr) != 1) throw std::bad_alloc();
    return {reinterpret_cast<char*>(room), size};
}

std::string md5(std::string_view octets) {
    return digest(hash::md5, octets);
}
std::string sha256(std::string_view octets) {
    return digest(hash::sha256, octets);
}

std::string hmac(hash kind, std::string_view key, std::string_view octets) {
    unsigned char room[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    // A null key would mean the key of the call before.
    char const* const key_octets = key.empty() ? "" : key.data();
    if (!HMAC(native(kind), key_octets, static_cast<int>(key.size()), octets_of(octets), octets.size(), room, &size))
        throw std::bad_alloc();
    return {reinterpret_cast<char*>(room), size};
}

std::string hmac_md5(std::string_view key, std::string_view octets) {
    return hmac(hash::md5, key, octets);
}

std::string pbkdf2(hash kind, std::string_view password, std::string_view salt, unsigned iterations) {
    auto const* const md = native(kind);
    std::string key(EVP_MD_get_size(md), '\0');
    if (PKCS5_PBKDF2_HMAC(password.empty() ? "" : password.data(), static_cast<int>(password.size()), octets_of(salt),
                          static_cast<int>(salt.size()), static_cast<int>(iterations), md, static_cast<int>(key.size()),
                          reinterpret_cast<unsigned char*>(key.data())) != 1)
        throw std::bad_alloc();
    return key;
}

std::string to_hex(std::string_view octets) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text(octets.size() * 2, '\0');
    char* out = text.data();
    for (unsigned char octet : octets) {
        *out++ = digits[octet >> 4];
        *out++ = digits[octet & 15];
    }
    return text;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace postrider
