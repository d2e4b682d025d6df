#include "sound_lines.hpp"

#ifdef POSTRIDER_LINES_X86
#include <immintrin.h>

#include <cstdint>

#define POSTRIDER_AVX2 __attribute__((target("avx2")))
#define POSTRIDER_AVX512 __attribute__((target("avx512f,avx512bw")))

namespace postrider::codec::detail {
namespace {

/// Which of 64 octets are these: bit n stands for octet n.
struct places {
    std::uint64_t cr, lf, dot;
};

/// The place behind each octet of a block that has been looked at.
class line_follower {
public:
    line_follower(line_place where, bool doubles_dots) noexcept
        : behind_cr_(where == line_place::after_cr),
          at_line_start_(where == line_place::line_start),
          doubles_dots_(doubles_dots) {}

    /// An LF stands behind each CR and nowhere else. A block where that is not so is not followed.
    bool follows(places const& block) noexcept {
        auto const behind_cr = block.cr << 1 | behind_cr_;
        auto const line_starts = block.lf << 1 | at_line_start_;
        if (block.lf != behind_cr || (doubles_dots_ && (block.dot & line_starts) != 0)) return false;
        behind_cr_ = block.cr >> 63;
        at_line_start_ = block.lf >> 63;
        return true;
    }

    line_place where() const noexcept {
        return behind_cr_ ? line_place::after_cr : at_line_start_ ? line_place::line_start : line_place::in_line;
    }

private:
    std::uint64_t behind_cr_, at_line_start_;  // 0 or 1
    bool doubles_dots_;
};

POSTRIDER_AVX2 inline std::uint64_t bits(__m256i low, __m256i high, char octet) noexcept {
    __m256i const is = _mm256_set1_epi8(octet);
    auto const half = [&](__m256i octets) POSTRIDER_AVX2 {
        return static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(octets, is)));
    };
    return half(low) | std::uint64_t{half(high)} << 32;
}

POSTRIDER_AVX2 inline places look_avx2(char const* at) noexcept {
    __m256i const low = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(at));
    __m256i const high = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(at + 32));
    return {bits(low, high, '\r'), bits(low, high, '\n'), bits(low, high, '.')};
}

POSTRIDER_AVX512 inline places look_avx512(char const* at) noexcept {
    __m512i const octets = _mm512_loadu_si512(at);
    return {_mm512_cmpeq_epi8_mask(octets, _mm512_set1_epi8('\r')),
            _mm512_cmpeq_epi8_mask(octets, _mm512_set1_epi8('\n')),
            _mm512_cmpeq_epi8_mask(octets, _mm512_set1_epi8('.'))};
}

}  // namespace

POSTRIDER_AVX2 char const* behind_sound_lines_avx2(char const* at, char const* end, line_place& where,
                                                   bool doubles_dots) noexcept {
    line_follower lines(where, doubles_dots);
    char const* const begin = at;
    while (end - at >= line_block_octets && lines.follows(look_avx2(at))) at += line_block_octets;
    if (at != begin) where = lines.where();
    return at;
}

POSTRIDER_AVX512 char const* behind_sound_lines_avx512(char const* at, char const* end, line_place& where,
                                                       bool doubles_dots) noexcept {
    line_follower lines(where, doubles_dots);
    char const* const begin = at;
    while (end - at >= line_block_octets && lines.follows(look_avx512(at))) at += line_block_octets;
    if (at != begin) where = lines.where();
    return at;
}

}  // namespace postrider::codec::detail
#endif
