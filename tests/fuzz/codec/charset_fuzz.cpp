#include <postrider/codec/charset.hpp>
#include <string>

#include "fuzzing.hpp"

using namespace postrider::codec;

namespace {

constexpr std::string_view charsets[] = {"utf-8",    "us-ascii",    "iso-8859-1",     "gb2312",     "gbk",
                                         "gb18030",  "big5",        "shift_jis",      "euc-jp",     "iso-2022-jp",
                                         "euc-kr",   "iso-2022-kr", "ks_c_5601-1987", "utf-7",      "utf-16",
                                         "utf-16le", "koi8-r",      "windows-1252",   "hz-gb-2312", "big5-hkscs"};

void check_decoding(std::string_view octets, std::string_view charset) {
    auto const decoded = decode_charset(octets, charset);
    ALWAYS(decoded && is_utf8(decoded->text) && decoded->text.size() <= 4 * octets.size() + 4);
    ALWAYS(decoded->undecodable <= octets.size());
}

void check_encoding(std::string_view text, std::string_view charset) {
    auto const encoded = encode_charset(text, charset);
    ALWAYS(!encoded || is_utf8(text));
    if (encoded) check_decoding(*encoded, charset);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto octets = octets_of(data, size);
    if (octets.empty()) return 0;
    auto const charset = charsets[static_cast<unsigned char>(octets.front()) % std::size(charsets)];
    octets.remove_prefix(1);
    check_decoding(octets, charset);
    check_encoding(octets, charset);
    check_encoding(decode_charset(octets, charset)->text, charset);
    ALWAYS(is_utf8(octets) == (decode_charset(octets, "utf-8")->undecodable == 0));
    ALWAYS(is_ascii(octets) == (decode_charset(octets, "us-ascii")->undecodable == 0));
    if (auto const name = charset_name(octets.substr(0, 64))) ALWAYS(charset_name(*name).has_value());
    return 0;
}
