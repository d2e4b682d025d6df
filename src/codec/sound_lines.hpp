#pragma once
#include <postrider/codec/dot_stuffing.hpp>

#if defined(__x86_64__) && defined(__GNUC__)
#define POSTRIDER_LINES_X86 1
#endif

namespace postrider::codec::detail {

#ifdef POSTRIDER_LINES_X86
inline constexpr std::ptrdiff_t line_block_octets = 64;

// Both return what lies behind the whole blocks of 64 octets from `at` on in which every line end is CRLF and, where
// dots are doubled, no line begins with one; `where` is the place there.
char const* behind_sound_lines_avx2(char const* at, char const* end, line_place& where, bool doubles_dots) noexcept;
char const* behind_sound_lines_avx512(char const* at, char const* end, line_place& where, bool doubles_dots) noexcept;
#endif

/// The way this processor has; `at` where it has none.
inline char const* behind_sound_lines(char const* at, char const* end, line_place& where, bool doubles_dots) noexcept {
#ifdef POSTRIDER_LINES_X86
    if (end - at < line_block_octets) return at;
    if (__builtin_cpu_supports("avx512bw")) return behind_sound_lines_avx512(at, end, where, doubles_dots);
    if (__builtin_cpu_supports("avx2")) return behind_sound_lines_avx2(at, end, where, doubles_dots);
#endif
    static_cast<void>(end), static_cast<void>(where), static_cast<void>(doubles_dots);
    return at;
}

}  // namespace postrider::codec::detail
