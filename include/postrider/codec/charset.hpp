#pragma once
#include <cstddef>
#include <postrider/codec/error.hpp>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>

/// Charsets by their IANA names, compared without case. Everything inside the library is UTF-8.
namespace postrider::codec {

/// Whether every octet is below 128 / whether all is well-formed UTF-8 (RFC 3629 §4: no overlong form, no surrogate,
/// nothing above U+10FFFF).
bool is_ascii(std::string_view octets) noexcept;
bool is_utf8(std::string_view octets) noexcept;

/// The length of the longest prefix of `text` (valid UTF-8) that is at most `octets` long and splits no character.
std::size_t utf8_prefix(std::string_view text, std::size_t octets) noexcept;

/// The name to write in a message for `charset`: registered spelling in lower case ("gb2312", never "eucgb2312_cn").
/// `charset`  any name it goes by; hyphens and underscores do not count ("UTF8", "shift-jis", "cp1252", "latin1").
/// errors     codec::errc::unknown_charset
result<std::string> charset_name(std::string_view charset);

/// UTF-8 to `charset`, and back to its initial shift state at the end. Never puts another character in the place of one
/// that the charset lacks; gb2312 is GB 2312 and no more.
/// errors     codec::errc::unknown_charset; ::unencodable; ::malformed when `text` is no UTF-8.
result<std::string> encode_charset(std::string_view text, std::string_view charset);

/// `charset` to UTF-8: always well-formed, and at most four times as long. Undecodable octets become U+FFFD and are
/// counted. Where mailers write a larger charset under a smaller one's name, the larger is read: gb18030 for gb2312 and
/// gbk, CP949 for euc-kr and ks_c_5601-1987, CP932 for shift_jis.
/// errors     codec::errc::unknown_charset
struct decoded_charset {
    std::string text;
    std::size_t undecodable = 0;
};
result<decoded_charset> decode_charset(std::string_view octets, std::string_view charset);

}  // namespace postrider::codec
