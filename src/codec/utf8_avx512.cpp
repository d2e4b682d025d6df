#include "utf8.hpp"

#ifdef POSTRIDER_UTF8_X86
#include <immintrin.h>

#include "utf8_faults.hpp"

#define POSTRIDER_AVX512 __attribute__((target("avx512f,avx512bw")))

namespace postrider::codec::detail {
namespace {

constexpr std::size_t block = 64;

POSTRIDER_AVX512 inline __m512i look_up(fault_table const& in, __m512i nibble) noexcept {
    auto const quarter = _mm_loadu_si128(reinterpret_cast<__m128i const*>(in.data()));
    // With a mask that is full: g++ 12 takes the plain form for one that reads what was never set.
    return _mm512_shuffle_epi8(_mm512_maskz_broadcast_i32x4(0xFFFF, quarter), nibble);
}

POSTRIDER_AVX512 inline __m512i upper_nibble(__m512i octets) noexcept {
    return _mm512_and_si512(_mm512_srli_epi16(octets, 4), _mm512_set1_epi8(15));
}

/// The block that ends so many octets before `now` does, of which `before` is the block in front.
template <int Octets>
POSTRIDER_AVX512 inline __m512i moved_back(__m512i now, __m512i before) noexcept {
    __m512i const by_a_quarter = _mm512_maskz_alignr_epi32(0xFFFF, now, before, 12);
    return _mm512_alignr_epi8(now, by_a_quarter, 16 - Octets);
}

/// Bits where this block has a fault, or a character of the one before has one here.
POSTRIDER_AVX512 inline __m512i faults_in(__m512i now, __m512i before) noexcept {
    __m512i const first = moved_back<1>(now, before);
    __m512i const found =
        _mm512_and_si512(_mm512_and_si512(look_up(by_first_upper, upper_nibble(first)),
                                          look_up(by_first_lower, _mm512_and_si512(first, _mm512_set1_epi8(15)))),
                         look_up(by_second_upper, upper_nibble(now)));
    // Sign bits where the octet two before begins three or four, or that three before begins four.
    __m512i const due = _mm512_or_si512(_mm512_subs_epu8(moved_back<2>(now, before), _mm512_set1_epi8(0xE0 - 0x80)),
                                        _mm512_subs_epu8(moved_back<3>(now, before), _mm512_set1_epi8(0xF0 - 0x80)));
    return _mm512_xor_si512(found, _mm512_and_si512(due, _mm512_set1_epi8(-128)));
}

}  // namespace

// NULs stand in front of the text and behind it: the last tell whether the last character is whole.
POSTRIDER_AVX512 bool is_utf8_avx512(std::string_view text) noexcept {
    __m512i before = _mm512_setzero_si512(), wrong = before;
    for (; text.size() >= block; text.remove_prefix(block)) {
        __m512i const now = _mm512_loadu_si512(text.data());
        wrong = _mm512_or_si512(wrong, faults_in(now, before));
        before = now;
    }
    __m512i const rest = _mm512_maskz_loadu_epi8((__mmask64{1} << text.size()) - 1, text.data());
    wrong = _mm512_or_si512(wrong, faults_in(rest, before));
    return _mm512_test_epi8_mask(wrong, wrong) == 0;
}

}  // namespace postrider::codec::detail
#endif
