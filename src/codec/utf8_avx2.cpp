#include "utf8.hpp"

#ifdef POSTRIDER_UTF8_X86
#include <immintrin.h>

#include "utf8_faults.hpp"

#define POSTRIDER_AVX2 __attribute__((target("avx2")))

namespace postrider::codec::detail {
namespace {

POSTRIDER_AVX2 inline __m256i load(void const* at) noexcept {
    return _mm256_loadu_si256(static_cast<__m256i const*>(at));
}

POSTRIDER_AVX2 inline __m256i look_up(fault_table const& in, __m256i nibble) noexcept {
    auto const half = _mm_loadu_si128(reinterpret_cast<__m128i const*>(in.data()));
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(half), nibble);
}

POSTRIDER_AVX2 inline __m256i upper_nibble(__m256i octets) noexcept {
    return _mm256_and_si256(_mm256_srli_epi16(octets, 4), _mm256_set1_epi8(15));
}

/// Whether the 32 octets at `at` and the three in front of them hold no fault.
POSTRIDER_AVX2 inline bool is_sound(char const* at) noexcept {
    __m256i const second = load(at), first = load(at - 1);
    __m256i const found =
        _mm256_and_si256(_mm256_and_si256(look_up(by_first_upper, upper_nibble(first)),
                                          look_up(by_first_lower, _mm256_and_si256(first, _mm256_set1_epi8(15)))),
                         look_up(by_second_upper, upper_nibble(second)));
    // Sign bits where the octet two before begins three or four, or that three before begins four.
    __m256i const due = _mm256_or_si256(_mm256_subs_epu8(load(at - 2), _mm256_set1_epi8(0xE0 - 0x80)),
                                        _mm256_subs_epu8(load(at - 3), _mm256_set1_epi8(0xF0 - 0x80)));
    __m256i const wrong = _mm256_xor_si256(found, _mm256_and_si256(due, _mm256_set1_epi8(-128)));
    return _mm256_testz_si256(wrong, wrong);
}

}  // namespace

POSTRIDER_AVX2 std::size_t utf8_characters_avx2(std::string_view text) noexcept {
    constexpr std::size_t block = 32, looked_back = 3;
    std::size_t done = 0;
    for (std::size_t i = 0; i < looked_back; ++i) {
        if (done == text.size()) return done;
        auto const character = first_character(text.substr(done));
        if (!character.valid) return done;
        done += character.octets;
    }
    while (text.size() - done >= block && is_sound(text.data() + done)) done += block;
    // The last character may go on behind the block.
    do --done;
    while ((static_cast<unsigned char>(text[done]) & 0xC0) == 0x80);
    return done;
}

}  // namespace postrider::codec::detail
#endif
