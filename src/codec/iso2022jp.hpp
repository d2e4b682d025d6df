#pragma once
#include <string>
#include <string_view>

/// ISO-2022-JP, RFC 1468: Japanese in seven bits, behind escape sequences. glibc reads it by the letter; what Windows
/// writes under its name has characters of NEC's and IBM's (circled digits, company marks) and half-width katakana.
namespace postrider::codec::detail {

/// ISO-2022-JP, with JIS X 0201 katakana and JIS X 0212 as well, to EUC-JP. 0xFF, which is none, stands in for what
/// makes no sense.
std::string iso2022jp_to_euc(std::string_view octets);

}  // namespace postrider::codec::detail
