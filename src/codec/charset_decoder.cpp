#include <algorithm>

#include "converter.hpp"
#include "hz.hpp"
#include "iso2022jp.hpp"
#include "utf8.hpp"

namespace postrider::codec {
namespace detail {
namespace {

/// Puts U+FFFD for what is not well-formed; what is goes over in one piece.
std::size_t append_utf8(std::string& out, std::string_view octets) {
    std::size_t bad = 0;
    while (!octets.empty()) {
        std::size_t const good = well_formed_prefix(octets);
        out += octets.substr(0, good);
        octets.remove_prefix(good);
        if (octets.empty()) break;
        out += replacement_character;
        ++bad;
        octets.remove_prefix(first_character(octets).octets);
    }
    return bad;
}

std::size_t append_us_ascii(std::string& out, std::string_view octets) {
    std::size_t bad = 0;
    while (!octets.empty()) {
        std::size_t const good = ascii_prefix(octets);
        out += octets.substr(0, good);
        octets.remove_prefix(good);
        if (octets.empty()) break;
        out += replacement_character;
        ++bad;
        octets.remove_prefix(1);
    }
    return bad;
}

void append_latin1(std::string& out, std::string_view octets) {
    for (char c : octets) {
        auto const value = static_cast<unsigned char>(c);
        if (value >= 0x80) out += static_cast<char>(0xC0 | value >> 6);
        out += static_cast<char>(value < 0x80 ? value : 0x80 | (value & 0x3F));
    }
}

/// How many octets one replacement character stands in for.
std::size_t bad_octets(std::string_view octets, resume where) noexcept {
    if (where == resume::behind_two_octets) return 2;
    if (where == resume::behind_four_octets) return 4;
    bool const lead = octets[0] != '\xFF' && octets[0] != '\x80' && (octets[0] & 0x80);
    return where == resume::behind_pair && lead && octets.size() > 1 && (octets[1] & 0x80) ? 2 : 1;
}

}  // namespace

result<charset_decoder> charset_decoder::open(std::string_view charset_name) {
    auto found = find_charset(charset_name);
    if (!found) return found.error();
    iconv_handle handle;
    if (!found->reading.empty()) handle = iconv_handle("UTF-8", found->reading.c_str());
    if (!found->reading.empty() && !handle) return errc::unknown_charset;
    return charset_decoder(std::move(*found), std::move(handle));
}

std::size_t charset_decoder::append(std::string& out, std::string_view octets) {
    switch (charset_.kind) {
        case charset_kind::utf8: return append_utf8(out, octets);
        case charset_kind::us_ascii: return append_us_ascii(out, octets);
        case charset_kind::latin1: append_latin1(out, octets); return 0;
        case charset_kind::hz: return append_with_iconv(out, hz_to_euc(octets), octets.size());
        case charset_kind::iso2022jp: return append_with_iconv(out, iso2022jp_to_euc(octets), octets.size());
        case charset_kind::iconv: return append_with_iconv(out, octets, octets.size());
    }
    return 0;
}

// `written`: how many octets were there before they were brought into a form that iconv reads; the text and the count of
// bad octets keep to that measure.
std::size_t charset_decoder::append_with_iconv(std::string& out, std::string_view octets, std::size_t written) {
    std::size_t bad = 0;
    std::size_t const before = out.size(), longest = before + 4 * written;
    out.reserve(out.size() + octets.size() + octets.size() / 2);
    handle_.reset();
    for (;;) {
        auto const why = handle_.convert(octets, out);
        if (why == iconv_handle::stop::end) break;
        out += replacement_character;
        ++bad;
        if (why == iconv_handle::stop::cut_off) break;
        octets.remove_prefix(std::min(bad_octets(octets, charset_.after_bad_octets), octets.size()));
    }
    handle_.finish(out);
    // QUIRK: glibc's own UTF-8, which other names lead to, knows sequences of five octets and more.
    if (!is_utf8(std::string_view(out).substr(before))) {
        std::string const made = out.substr(before);
        out.resize(before);
        bad += append_utf8(out, made);
    }
    if (out.size() > longest) {  // one octet of TSCII makes up to three Tamil characters
        out.resize(utf8_prefix(out, longest));
        ++bad;
    }
    return std::min(bad, written);
}

}  // namespace detail

result<decoded_charset> decode_charset(std::string_view octets, std::string_view charset) {
    auto decoder = detail::charset_decoder::open(charset);
    if (!decoder) return decoder.error();
    return decoder->decode(octets);
}

}  // namespace postrider::codec
