#pragma once
#include <cstddef>
#include <postrider/codec/error.hpp>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>

/// Charsets by their IANA names, compared without case. Everything inside the library is UTF-8.
namespace postrider::codec {

bool is_ascii(std::string_view octets) noexcept;
bool is_utf8(std::string_view octets) noexcept;

/// The length of the longest prefix of `text` (valid UTF-8) that is at most `octets` long and splits no character.
std::size_t utf8_prefix(std::string_view text, std::size_t octets) noexcept;

/// The name to write in a message for `charset`: registered spelling in lower case ("gb2312", never "eucgb2312_cn").
/// errors     errc::unknown_charset
result<std::string> charset_name(std::string_view charset);

/// UTF-8 to `charset`.
/// errors     errc::unknown_charset; ::unencodable; ::malformed when `text` is no UTF-8.
result<std::string> encode_charset(std::string_view text, std::string_view charset);

/// `charset` to UTF-8. Undecodable octets become U+FFFD and are counted; gb2312 and gbk are read as gb18030.
/// errors     errc::unknown_charset
struct decoded_charset {
    std::string text;
    std::size_t undecodable = 0;
};
result<decoded_charset> decode_charset(std::string_view octets, std::string_view charset);

}  // namespace postrider::codec
