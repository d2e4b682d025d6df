#include "wide_octets.hpp"

#ifdef POSTRIDER_MIME_X86
#include <immintrin.h>

#include <bit>
#include <cstdint>

#define POSTRIDER_AVX2 __attribute__((target("avx2,popcnt")))

namespace postrider::mime {
namespace {

POSTRIDER_AVX2 inline __m256i load(std::string_view text) noexcept {
    return _mm256_loadu_si256(reinterpret_cast<__m256i const*>(text.data()));
}

POSTRIDER_AVX2 inline __m256i where(__m256i octets, char is) noexcept {
    return _mm256_cmpeq_epi8(octets, _mm256_set1_epi8(is));
}

/// The sign bits.
POSTRIDER_AVX2 inline std::uint32_t bits(__m256i octets) noexcept {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(octets));
}

POSTRIDER_AVX2 inline std::size_t count(__m256i octets) noexcept {
    return static_cast<std::size_t>(std::popcount(bits(octets)));
}

}  // namespace

POSTRIDER_AVX2 octet_counts take_octet_counts(std::string_view& text) noexcept {
    octet_counts counts;
    __m256i cr = _mm256_setzero_si256(), nul = cr;
    for (; text.size() >= wide_block_octets; text.remove_prefix(wide_block_octets)) {
        __m256i const octets = load(text);
        counts.beyond_ascii += count(octets);
        counts.lf += count(where(octets, '\n'));
        cr = _mm256_or_si256(cr, where(octets, '\r'));
        nul = _mm256_or_si256(nul, where(octets, '\0'));
    }
    counts.has_cr = bits(cr) != 0;
    counts.has_nul = bits(nul) != 0;
    return counts;
}

POSTRIDER_AVX2 char* put_lf_as_crlf(char* out, std::string_view& text) noexcept {
    while (text.size() >= wide_block_octets) {
        __m256i const octets = load(text);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), octets);
        auto const line_ends = bits(where(octets, '\n'));
        auto const before = static_cast<std::size_t>(std::countr_zero(line_ends));  // 32 without one
        text.remove_prefix(before);
        out += before;
        if (line_ends == 0) continue;
        text.remove_prefix(1);
        *out++ = '\r';
        *out++ = '\n';
    }
    return out;
}

}  // namespace postrider::mime
#endif
