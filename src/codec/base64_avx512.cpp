#include "base64_paths.hpp"

#ifdef POSTRIDER_BASE64_X86
#include <immintrin.h>

#include <array>
#include <cstdint>

#define POSTRIDER_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))

namespace postrider::codec::detail {
namespace {

/// Where 64 characters in a row, from character `first` on, come from. Each 8 of them are cut out of 8 octets: `octets`
/// brings these together, `shifts` says at which bit each group of six begins.
struct recipe {
    alignas(64) std::array<std::uint8_t, 64> octets{};
    alignas(64) std::array<std::uint8_t, 64> shifts{};
};

constexpr recipe recipe_from(unsigned first) {
    recipe r;
    for (unsigned lane = 0; lane < 64; lane += 8) {
        unsigned const first_bit = (first + lane) * 6, first_octet = first_bit / 8;
        // The lane is read as a little-endian number: the first octet goes to its top.
        for (unsigned i = 0; i < 8; ++i) r.octets[lane + i] = static_cast<std::uint8_t>((first_octet + 7 - i) & 63);
        for (unsigned i = 0; i < 8; ++i)
            r.shifts[lane + i] = static_cast<std::uint8_t>(64 - (first_bit + i * 6 - first_octet * 8) - 6);
    }
    return r;
}

constexpr recipe from_start = recipe_from(0);  // 48 octets to 64 characters
constexpr unsigned end_at = 62;                // a line's second store: characters 62 to 75, and CRLF
constexpr recipe to_line_end = recipe_from(end_at);

/// What a load takes, needed or not; nearer to the end than that loads are masked. (The processor does not prefetch for
/// these: from memory they are half as fast.)
constexpr std::size_t loaded_octets = 64;
constexpr std::size_t encoded_octets = 48;  // by one store

POSTRIDER_AVX512 inline __m512i load(void const* at) noexcept {
    return _mm512_loadu_si512(at);
}

POSTRIDER_AVX512 inline __m512i values_of(__m512i octets, recipe const& r) noexcept {
    return _mm512_multishift_epi64_epi8(load(r.shifts.data()), _mm512_permutexvar_epi8(load(r.octets.data()), octets));
}

constexpr __mmask64 first(std::size_t count) noexcept {
    return count < 64 ? (__mmask64{1} << count) - 1 : ~__mmask64{0};
}

/// The end of the octets, or few of them: nothing behind them is read, and nothing behind their characters written.
POSTRIDER_AVX512 char* encode_end(std::string_view octets, char* out) noexcept {
    __m512i const alphabet = load(base64_alphabet), padding = _mm512_set1_epi8('=');
    while (!octets.empty()) {
        auto const some = octets.substr(0, encoded_octets);
        __m512i const in = _mm512_maskz_loadu_epi8(first(some.size()), some.data());
        std::size_t const characters = (some.size() * 8 + 5) / 6, written = base64_size(some.size());
        __m512i const all =
            _mm512_mask_permutexvar_epi8(padding, first(characters), values_of(in, from_start), alphabet);
        _mm512_mask_storeu_epi8(out, first(written), all);
        octets.remove_prefix(some.size());
        out += written;
    }
    return out;
}

}  // namespace

POSTRIDER_AVX512 char* encode_base64_avx512(std::string_view octets, char* out) noexcept {
    __m512i const alphabet = load(base64_alphabet);
    for (; octets.size() >= loaded_octets; octets.remove_prefix(encoded_octets), out += 64) {
        __m512i const values = values_of(load(octets.data()), from_start);
        _mm512_storeu_si512(out, _mm512_permutexvar_epi8(values, alphabet));
    }
    return encode_end(octets, out);
}

/// A line is one load, a store of 64 characters, and a store of 16 that overlaps it by two and brings the CRLF. Two
/// full stores would do as well, at half the speed.
POSTRIDER_AVX512 char* encode_base64_lines_avx512(std::string_view octets, char* out) noexcept {
    constexpr __mmask64 characters = (std::uint64_t{1} << (base64_line_characters - end_at)) - 1;
    __m512i const alphabet = load(base64_alphabet);
    __m512i const crlf = _mm512_set1_epi16('\n' << 8 | '\r');
    for (; octets.size() >= loaded_octets; octets.remove_prefix(base64_line_octets), out += base64_line_written) {
        __m512i const in = load(octets.data());
        __m512i const start = _mm512_permutexvar_epi8(values_of(in, from_start), alphabet);
        __m512i const end = _mm512_mask_permutexvar_epi8(crlf, characters, values_of(in, to_line_end), alphabet);
        _mm512_storeu_si512(out, start);
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + end_at), _mm512_castsi512_si128(end));
    }
    while (!octets.empty()) {
        auto const line = octets.substr(0, base64_line_octets);
        out = encode_end(line, out);
        *out++ = '\r';
        *out++ = '\n';
        octets.remove_prefix(line.size());
    }
    return out;
}

}  // namespace postrider::codec::detail
#endif
