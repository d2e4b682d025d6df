#include "base64_paths.hpp"

#ifdef POSTRIDER_BASE64_X86
#include <immintrin.h>

#define POSTRIDER_AVX2 __attribute__((target("avx2")))

namespace postrider::codec::detail {
namespace {

/// 32 characters to 24 octets, after W. Mula and D. Lemire as the encoder is.
/// returns    whether all were of the alphabet; otherwise nothing was written.
POSTRIDER_AVX2 inline bool decode_32(char const* text, char* out) noexcept {
    __m256i const characters = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(text));
    __m256i const low_bits = _mm256_set1_epi8(0x2F);
    __m256i const low = _mm256_and_si256(characters, low_bits);
    __m256i const high = _mm256_and_si256(_mm256_srli_epi32(characters, 4), low_bits);

    // Each nibble gives the ranges that a character with it may not be in: both name one where it is none of ours.
    __m256i const bad_low = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1A, 0x1B, 0x1B, 0x1B, 0x1A));
    __m256i const bad_high = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10));
    if (!_mm256_testz_si256(_mm256_shuffle_epi8(bad_low, low), _mm256_shuffle_epi8(bad_high, high))) return false;

    // The high nibble also gives what to add to a character for its value; "/" shares its nibble with "+".
    __m256i const distances =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0));
    __m256i const is_slash = _mm256_cmpeq_epi8(characters, low_bits);
    __m256i const sixes = _mm256_add_epi8(characters, _mm256_shuffle_epi8(distances, _mm256_add_epi8(is_slash, high)));
    __m256i const twelves = _mm256_maddubs_epi16(sixes, _mm256_set1_epi32(0x01400140));
    __m256i const numbers = _mm256_madd_epi16(twelves, _mm256_set1_epi32(0x00011000));
    __m256i const halves = _mm256_shuffle_epi8(
        numbers, _mm256_broadcastsi128_si256(_mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1)));
    __m256i const octets = _mm256_permutevar8x32_epi32(halves, _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 7, 7));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm256_castsi256_si128(octets));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out + 16), _mm256_extracti128_si256(octets, 1));
    return true;
}

/// A line of 32 characters or more; the last 32 of them overlap with those before.
POSTRIDER_AVX2 inline bool decode_line(char const* text, std::size_t characters, char* out) noexcept {
    std::size_t const last = characters - 32;
    for (std::size_t at = 0; at < last; at += 32)
        if (!decode_32(text + at, out + at / 4 * 3)) return false;
    return decode_32(text + last, out + last / 4 * 3);
}

}  // namespace

POSTRIDER_AVX2 char* decode_base64_avx2(std::string_view& text, line_shape shape, char* out) noexcept {
    for (; shape.is_next(text); text.remove_prefix(shape.size()), out += shape.octets())
        if (!decode_line(text.data(), shape.characters, out)) return out;
    for (; text.size() >= 32 && decode_32(text.data(), out); text.remove_prefix(32)) out += 24;
    return out;
}

}  // namespace postrider::codec::detail
#endif
