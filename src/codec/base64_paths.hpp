#pragma once
#include <cstddef>
#include <postrider/codec/base64.hpp>
#include <string_view>

/// The ways to encode base64. All write the same; each reads its input and nothing behind it.
namespace postrider::codec::detail {

#if defined(__x86_64__) && defined(__GNUC__)
#define POSTRIDER_BASE64_X86 1
#endif

inline constexpr std::size_t base64_line_characters = 76;
inline constexpr std::size_t base64_line_written = base64_line_characters + 2;

char* encode_base64_scalar(std::string_view octets, char* out) noexcept;
char* encode_base64_lines_scalar(std::string_view octets, char* out) noexcept;

#ifdef POSTRIDER_BASE64_X86
char* encode_base64_avx2(std::string_view octets, char* out) noexcept;
char* encode_base64_lines_avx2(std::string_view octets, char* out) noexcept;
char* encode_base64_avx512(std::string_view octets, char* out) noexcept;
char* encode_base64_lines_avx512(std::string_view octets, char* out) noexcept;
#endif

/// What all lines of a text but the last are like, in nearly all mail: so many characters, and a CRLF or LF.
struct line_shape {
    std::size_t characters = 0;  ///< none: lines are not looked for
    std::size_t line_end = 0;

    std::size_t size() const noexcept { return characters + line_end; }
    std::size_t octets() const noexcept { return characters / 4 * 3; }
    bool is_next(std::string_view text) const noexcept {
        return characters != 0 && text.size() >= size() && text[size() - 1] == '\n' &&
               (line_end == 1 || text[characters] == '\r');
    }
};

/// The fewest characters that a line must have for the fast ways to take it whole.
inline constexpr std::size_t shortest_line = 32;

// Each decodes what it easily can from the front of `text` and removes it: whole groups of the alphabet, and the line
// ends behind whole lines. Returns one past the last octet written; `out` has room for three octets a group.
char* decode_base64_scalar(std::string_view& text, line_shape, char* out) noexcept;
#ifdef POSTRIDER_BASE64_X86
char* decode_base64_avx2(std::string_view& text, line_shape, char* out) noexcept;
char* decode_base64_avx512(std::string_view& text, line_shape, char* out) noexcept;
#endif

/// What decoded_base64 tells, without the octets.
struct base64_faults {
    bool skipped_characters = false;
    bool missing_padding = false;
    bool wrong_length = false;
    bool data_after_padding = false;
};

/// What decoding so many characters may write, and decoding them there. Returns one past the last octet.
constexpr std::size_t base64_room(std::size_t characters) noexcept {
    return characters / 4 * 3 + 3;
}
char* decode_base64_leniently(std::string_view text, char* out, base64_faults&, base64_path) noexcept;

base64_path fastest_base64_path() noexcept;

inline constexpr char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace postrider::codec::detail
