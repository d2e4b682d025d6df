#include "converter.hpp"
#include "hz.hpp"

namespace postrider::codec {
namespace detail {
namespace {

result<std::string> encode_latin1(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            out += text[i];
        } else {
            if (lead > 0xC3) return errc::unencodable;
            out += static_cast<char>((lead & 0x03) << 6 | (text[++i] & 0x3F));
        }
    }
    return out;
}

/// glibc leaves U+E0000..U+E007F out without a word, whatever the charset.
bool has_tag_characters(std::string_view text) {
    return text.find("\xF3\xA0\x80") != std::string_view::npos || text.find("\xF3\xA0\x81") != std::string_view::npos;
}

}  // namespace

result<charset_encoder> charset_encoder::open(std::string_view charset_name) {
    auto found = find_charset(charset_name);
    if (!found) return found.error();
    iconv_handle handle;
    if (!found->writing.empty()) handle = iconv_handle(found->writing.c_str(), "UTF-8");
    if (!found->writing.empty() && !handle) return errc::unknown_charset;
    return charset_encoder(std::move(*found), std::move(handle));
}

result<std::string> charset_encoder::encode(std::string_view text) {
    if (!codec::is_utf8(text)) return errc::malformed;
    switch (charset_.kind) {
        case charset_kind::utf8: return std::string(text);
        case charset_kind::us_ascii:
            if (!is_ascii(text)) return errc::unencodable;
            return std::string(text);
        case charset_kind::latin1: return encode_latin1(text);
        case charset_kind::hz: {
            auto euc = encode_with_iconv(text);
            if (!euc) return euc.error();
            return euc_to_hz(*euc);
        }
        case charset_kind::iso2022jp:
        case charset_kind::iconv: return encode_with_iconv(text);
    }
    return errc::unknown_charset;
}

result<std::string> charset_encoder::encode_with_iconv(std::string_view text) {
    if (has_tag_characters(text)) return errc::unencodable;
    std::string out;
    handle_.reset();
    if (handle_.convert(text, out) != iconv_handle::stop::end) return errc::unencodable;
    handle_.finish(out);
    return out;
}

}  // namespace detail

result<std::string> encode_charset(std::string_view text, std::string_view charset) {
    auto encoder = detail::charset_encoder::open(charset);
    if (!encoder) return encoder.error();
    return encoder->encode(text);
}

}  // namespace postrider::codec
