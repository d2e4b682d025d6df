#pragma once
#include <string>
#include <string_view>

/// Hashes, as raw octets. The one door to libcrypto below `net`.
namespace postrider {

std::string md5(std::string_view octets);
std::string sha256(std::string_view octets);
std::string hmac_md5(std::string_view key, std::string_view octets);  ///< RFC 2104

/// Octets as lower-case hexadecimal digits.
std::string to_hex(std::string_view octets);

/// Whether both are equal, in time that does not depend on where they differ.
bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

}  // namespace postrider
