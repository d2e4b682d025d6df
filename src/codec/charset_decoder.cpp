#include <algorithm>

#include "converter.hpp"
#include "hz.hpp"
#include "utf8.hpp"

namespace postrider::codec {
namespace detail {
namespace {

/// Puts U+FFFD for what is not well-formed.
decoded_charset repair_utf8(std::string_view octets) {
    decoded_charset out;
    while (!octets.empty()) {
        auto const character = first_character(octets);
        out.text += character.valid ? octets.substr(0, character.octets) : replacement_character;
        out.undecodable += !character.valid;
        octets.remove_prefix(character.octets);
    }
    return out;
}

decoded_charset decode_us_ascii(std::string_view octets) {
    decoded_charset out;
    for (char c : octets) {
        bool const ascii = static_cast<unsigned char>(c) < 0x80;
        out.text += ascii ? std::string_view(&c, 1) : replacement_character;
        out.undecodable += !ascii;
    }
    return out;
}

decoded_charset decode_latin1(std::string_view octets) {
    decoded_charset out;
    for (char c : octets) {
        auto const value = static_cast<unsigned char>(c);
        if (value >= 0x80) out.text += static_cast<char>(0xC0 | value >> 6);
        out.text += static_cast<char>(value < 0x80 ? value : 0x80 | (value & 0x3F));
    }
    return out;
}

/// How many octets one replacement character stands in for.
std::size_t bad_octets(std::string_view octets, resume where) noexcept {
    if (where == resume::behind_two_octets) return 2;
    bool const lead = octets[0] != '\xFF' && octets[0] != '\x80' && (octets[0] & 0x80);
    return where == resume::behind_pair && lead && octets.size() > 1 && (octets[1] & 0x80) ? 2 : 1;
}

}  // namespace

result<charset_decoder> charset_decoder::open(std::string_view charset_name) {
    auto found = find_charset(charset_name);
    if (!found) return found.error();
    iconv_handle handle;
    if (found->kind == charset_kind::iconv) handle = iconv_handle("UTF-8", found->reading.c_str());
    if (found->kind == charset_kind::hz) handle = iconv_handle("UTF-8", "GB2312");
    bool const needs_handle = found->kind == charset_kind::iconv || found->kind == charset_kind::hz;
    if (needs_handle && !handle) return errc::unknown_charset;
    return charset_decoder(std::move(*found), std::move(handle));
}

decoded_charset charset_decoder::decode(std::string_view octets) {
    switch (charset_.kind) {
        case charset_kind::utf8:
            if (codec::is_utf8(octets)) return {std::string(octets)};
            return repair_utf8(octets);
        case charset_kind::us_ascii:
            if (is_ascii(octets)) return {std::string(octets)};
            return decode_us_ascii(octets);
        case charset_kind::latin1: return decode_latin1(octets);
        case charset_kind::hz: return decode_with_iconv(hz_to_euc(octets));
        case charset_kind::iconv: return decode_with_iconv(octets);
    }
    return {};
}

decoded_charset charset_decoder::decode_with_iconv(std::string_view octets) {
    decoded_charset out;
    out.text.reserve(octets.size() + octets.size() / 2);
    handle_.reset();
    for (;;) {
        auto const why = handle_.convert(octets, out.text);
        if (why == iconv_handle::stop::end) break;
        out.text += replacement_character;
        ++out.undecodable;
        if (why == iconv_handle::stop::cut_off) break;
        octets.remove_prefix(std::min(bad_octets(octets, charset_.after_bad_octets), octets.size()));
    }
    handle_.finish(out.text);
    return out;
}

}  // namespace detail

result<decoded_charset> decode_charset(std::string_view octets, std::string_view charset) {
    auto decoder = detail::charset_decoder::open(charset);
    if (!decoder) return decoder.error();
    return decoder->decode(octets);
}

}  // namespace postrider::codec
