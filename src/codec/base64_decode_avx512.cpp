#include "base64_paths.hpp"

#ifdef POSTRIDER_BASE64_X86
#include <immintrin.h>

#include <array>
#include <cstdint>

#define POSTRIDER_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))

namespace postrider::codec::detail {
namespace {

constexpr std::uint8_t no_value = 0x80;

/// The value of each of the 128 characters of ASCII.
alignas(64) constexpr auto values = [] {
    std::array<std::uint8_t, 128> table{};
    table.fill(no_value);
    for (std::uint8_t value = 0; value < 64; ++value) table[static_cast<unsigned char>(base64_alphabet[value])] = value;
    return table;
}();

/// Where the 48 octets stand when every four values were put together in a number of 24 bits.
alignas(64) constexpr auto octets_of_numbers = [] {
    std::array<std::uint8_t, 64> table{};
    for (std::uint8_t i = 0; i < 48; ++i) table[i] = static_cast<std::uint8_t>(i / 3 * 4 + 2 - i % 3);
    return table;
}();

/// 64 characters to 48 octets.
/// returns    whether all were of the alphabet; otherwise what was written means nothing.
POSTRIDER_AVX512 inline bool decode_64(char const* text, char* out) noexcept {
    __m512i const low = _mm512_load_si512(values.data()), high = _mm512_load_si512(values.data() + 64);
    __m512i const characters = _mm512_loadu_si512(text);
    __m512i const sixes = _mm512_permutex2var_epi8(low, characters, high);  // which looks at seven bits alone
    if (_mm512_movepi8_mask(_mm512_or_si512(sixes, characters))) return false;
    __m512i const twelves = _mm512_maddubs_epi16(sixes, _mm512_set1_epi32(0x01400140));
    __m512i const numbers = _mm512_madd_epi16(twelves, _mm512_set1_epi32(0x00011000));
    __m512i const octets = _mm512_permutexvar_epi8(_mm512_load_si512(octets_of_numbers.data()), numbers);
    _mm512_mask_storeu_epi8(out, (std::uint64_t{1} << 48) - 1, octets);
    return true;
}

/// A line of 64 characters or more; the last 64 of them overlap with those before.
POSTRIDER_AVX512 inline bool decode_line(char const* text, std::size_t characters, char* out) noexcept {
    std::size_t const last = characters - 64;
    for (std::size_t at = 0; at < last; at += 64)
        if (!decode_64(text + at, out + at / 4 * 3)) return false;
    return decode_64(text + last, out + last / 4 * 3);
}

}  // namespace

POSTRIDER_AVX512 char* decode_base64_avx512(std::string_view& text, line_shape shape, char* out) noexcept {
    if (shape.characters != 0 && shape.characters < 64) return decode_base64_avx2(text, shape, out);
    for (; shape.is_next(text); text.remove_prefix(shape.size()), out += shape.octets())
        if (!decode_line(text.data(), shape.characters, out)) return out;
    for (; text.size() >= 64 && decode_64(text.data(), out); text.remove_prefix(64)) out += 48;
    return out;
}

}  // namespace postrider::codec::detail
#endif
