#include <postrider/core/digest.hpp>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <new>

namespace postrider {
namespace {

std::string digest(EVP_MD const* kind, std::string_view octets) {
    unsigned char room[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_Digest(octets.data(), octets.size(), room, &size, kind, nullptr) != 1) throw std::bad_alloc();
    return {reinterpret_cast<char*>(room), size};
}

}  // namespace

std::string md5(std::string_view octets) {
    return digest(EVP_md5(), octets);
}
std::string sha256(std::string_view octets) {
    return digest(EVP_sha256(), octets);
}

std::string hmac_md5(std::string_view key, std::string_view octets) {
    unsigned char room[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    auto const* data = reinterpret_cast<unsigned char const*>(octets.data());
    if (!HMAC(EVP_md5(), key.data(), static_cast<int>(key.size()), data, octets.size(), room, &size))
        throw std::bad_alloc();
    return {reinterpret_cast<char*>(room), size};
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
