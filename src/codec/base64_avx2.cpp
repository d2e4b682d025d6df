#include "base64_paths.hpp"

#ifdef POSTRIDER_BASE64_X86
#include <immintrin.h>

#define POSTRIDER_AVX2 __attribute__((target("avx2")))

namespace postrider::codec::detail {
namespace {

/// 24 octets to 32 characters, after W. Mula and D. Lemire, "Faster Base64 Encoding and Decoding using AVX2
/// Instructions" (2018). Reads these 24 octets and no more: the second half is loaded so that it ends with them.
POSTRIDER_AVX2 inline void encode_24(char const* in, char* out) noexcept {
    __m128i const first = _mm_loadu_si128(reinterpret_cast<__m128i const*>(in));       // octets 0-15, of which 0-11
    __m128i const second = _mm_loadu_si128(reinterpret_cast<__m128i const*>(in + 8));  // octets 8-23, of which 12-23
    __m256i const octets = _mm256_inserti128_si256(_mm256_castsi128_si256(first), second, 1);

    // Each triplet a b c becomes the word b a c b, where four shifts can reach the four groups of six bits.
    __m256i const triplets =
        _mm256_shuffle_epi8(octets, _mm256_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10,  //
                                                     5, 4, 6, 5, 8, 7, 9, 8, 11, 10, 12, 11, 14, 13, 15, 14));
    __m256i const odd =
        _mm256_mulhi_epu16(_mm256_and_si256(triplets, _mm256_set1_epi32(0x0fc0fc00)), _mm256_set1_epi32(0x04000040));
    __m256i const even =
        _mm256_mullo_epi16(_mm256_and_si256(triplets, _mm256_set1_epi32(0x003f03f0)), _mm256_set1_epi32(0x01000010));
    __m256i const values = _mm256_or_si256(odd, even);

    // A value's range picks what to add to it: 13 for A-Z, 0 for a-z, 1-10 for the digits, 11 for +, 12 for /.
    __m256i const above_letters = _mm256_subs_epu8(values, _mm256_set1_epi8(51));
    __m256i const is_upper = _mm256_cmpgt_epi8(_mm256_set1_epi8(26), values);
    __m256i const range = _mm256_or_si256(above_letters, _mm256_and_si256(is_upper, _mm256_set1_epi8(13)));
    __m256i const offsets = _mm256_broadcastsi128_si256(_mm_setr_epi8('a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
                                                                      '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
                                                                      '0' - 52, '+' - 62, '/' - 63, 'A', 0, 0));
    __m256i const characters = _mm256_add_epi8(values, _mm256_shuffle_epi8(offsets, range));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), characters);
}

}  // namespace

POSTRIDER_AVX2 char* encode_base64_avx2(std::string_view octets, char* out) noexcept {
    for (; octets.size() >= 24; octets.remove_prefix(24), out += 32) encode_24(octets.data(), out);
    return encode_base64_scalar(octets, out);
}

/// A line is 57 octets: three blocks of 24, of which the third overlaps the second.
POSTRIDER_AVX2 char* encode_base64_lines_avx2(std::string_view octets, char* out) noexcept {
    for (; octets.size() >= base64_line_octets; octets.remove_prefix(base64_line_octets), out += base64_line_written) {
        encode_24(octets.data(), out);
        encode_24(octets.data() + 24, out + 32);
        encode_24(octets.data() + 33, out + 44);
        out[base64_line_characters] = '\r';
        out[base64_line_characters + 1] = '\n';
    }
    return encode_base64_lines_scalar(octets, out);
}

}  // namespace postrider::codec::detail
#endif
