#include "utf8.hpp"

#ifdef POSTRIDER_UTF8_X86
#include <immintrin.h>

#include <array>
#include <cstdint>

#define POSTRIDER_AVX2 __attribute__((target("avx2")))

namespace postrider::codec::detail {
namespace {

/// A set of nibbles: bit n stands for n.
using nibbles = std::uint16_t;

constexpr nibbles from(unsigned first, unsigned last) {
    return static_cast<nibbles>((2u << last) - (1u << first));
}
constexpr nibbles any = from(0, 15);

/// Two neighbours that ill-formed text alone holds, told by the first octet's nibbles and the second's upper one.
struct fault {
    nibbles first_upper, first_lower, second_upper;
};

/// RFC 3629 §4 turned round. Neighbours that both continue a character are no fault where a third or fourth octet is
/// due: theirs is the last place, the sign bit.
constexpr fault faults[] = {
    {from(0xC, 0xF), any, static_cast<nibbles>(~from(8, 11))},  // a character is cut short
    {from(0, 7), any, from(8, 11)},                             // an octet continues none
    {from(0xC, 0xC), from(0, 1), from(8, 11)},                  // overlong, of two octets
    {from(0xE, 0xE), from(0, 0), from(8, 9)},                   // overlong, of three
    {from(0xE, 0xE), from(0xD, 0xD), from(10, 11)},             // a surrogate
    {from(0xF, 0xF), from(4, 15), from(9, 11)},                 // above U+10FFFF
    {from(0xF, 0xF), from(0, 0) | from(5, 15), from(8, 8)},     // above it too; overlong, of four
    {from(8, 11), any, from(8, 11)},                            // two that continue
};

using table = std::array<std::uint8_t, 32>;  // one for each half of a register

/// For every nibble the faults that it can be part of.
constexpr table faults_by(nibbles fault::*place) {
    table by_nibble{};
    for (unsigned n = 0; n < 32; ++n)
        for (unsigned bit = 0; bit < 8; ++bit)
            by_nibble[n] |= static_cast<std::uint8_t>((faults[bit].*place >> n % 16 & 1) << bit);
    return by_nibble;
}
constexpr table by_first_upper = faults_by(&fault::first_upper);
constexpr table by_first_lower = faults_by(&fault::first_lower);
constexpr table by_second_upper = faults_by(&fault::second_upper);

POSTRIDER_AVX2 inline __m256i load(void const* at) noexcept {
    return _mm256_loadu_si256(static_cast<__m256i const*>(at));
}

POSTRIDER_AVX2 inline __m256i look_up(table const& in, __m256i nibble) noexcept {
    return _mm256_shuffle_epi8(load(in.data()), nibble);
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
