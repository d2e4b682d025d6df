#pragma once
#include <postrider/codec/charset.hpp>
#include <string>
#include <string_view>

/// HZ, RFC 1843: GB 2312 in seven bits, between "~{" and "~}". glibc does not know it.
namespace postrider::codec::detail {

/// HZ to GB 2312 with the high bits set (EUC), with "~~" and "~ LF" resolved. A pair outside the set stays for the EUC
/// decoder to refuse.
std::string hz_to_euc(std::string_view octets);

/// The way back.
std::string euc_to_hz(std::string_view octets);

}  // namespace postrider::codec::detail
