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

/// Whether a whole line of 76 characters and CRLF is next.
inline bool is_full_line(std::string_view text) noexcept {
    return text.size() >= base64_line_written && text[base64_line_characters] == '\r' &&
           text[base64_line_characters + 1] == '\n';
}

// Each decodes what it easily can from the front of `text` and removes it: whole groups of the alphabet, and the CRLF
// behind lines of 76 characters. Returns one past the last octet written; `out` has room for three octets a group.
char* decode_base64_scalar(std::string_view& text, char* out) noexcept;
#ifdef POSTRIDER_BASE64_X86
char* decode_base64_avx2(std::string_view& text, char* out) noexcept;
char* decode_base64_avx512(std::string_view& text, char* out) noexcept;
#endif

base64_path fastest_base64_path() noexcept;

inline constexpr char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace postrider::codec::detail
