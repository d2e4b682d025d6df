#pragma once
#include <string>
#include <string_view>

/// Hashes, as raw octets. The one door to libcrypto below `net`.
namespace postrider {

std::string md5(std::string_view octets);
std::string sha256(std::string_view octets);
std::string hmac_md5(std::string_view key, std::string_view octets);  ///< RFC 2104

enum class hash { md5, sha1, sha256, sha512 };
std::string digest(hash, std::string_view octets);
std::string hmac(hash, std::string_view key, std::string_view octets);  ///< RFC 2104

/// A key of the hash's own length, made from a password at a cost that `iterations` sets: "Hi" in RFC 5802 §2.2.
/// `iterations`   at least 1                                                                          RFC 8018 §5.2
std::string pbkdf2(hash, std::string_view password, std::string_view salt, unsigned iterations);

/// Octets as lower-case hexadecimal digits.
std::string to_hex(std::string_view octets);

/// Whether both are equal, in time that does not depend on where they differ.
bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

}  // namespace postrider
