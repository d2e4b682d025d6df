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

inline constexpr char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace postrider::codec::detail
