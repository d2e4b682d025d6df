#pragma once
#include <cstddef>
#include <string_view>

#if defined(__x86_64__) && defined(__GNUC__)
#define POSTRIDER_MIME_X86 1
#endif

/// What is asked of every octet of every text, 32 octets at a time where the processor has AVX2.
namespace postrider::mime {

struct octet_counts {
    std::size_t beyond_ascii = 0;
    std::size_t lf = 0;
    bool has_cr = false;
    bool has_nul = false;
};

#ifdef POSTRIDER_MIME_X86
inline constexpr std::size_t wide_block_octets = 32;

inline bool has_wide_octets() noexcept {
    return __builtin_cpu_supports("avx2");
}

/// Counts as many octets from the front of `text` as are whole blocks, and removes them.
octet_counts take_octet_counts(std::string_view& text) noexcept;

/// Writes a text whose lines end with LF alone, with CRLF, up to its last 31 octets, and removes what was written.
/// Returns one past the last octet. `out` has room for all that the whole text becomes.
char* put_lf_as_crlf(char* out, std::string_view& text) noexcept;
#endif

}  // namespace postrider::mime
