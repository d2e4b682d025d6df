#pragma once
#include <cstddef>
#include <cstdint>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Base64 of RFC 4648 §4, in one line and in the 76-column CRLF form of RFC 2045 §6.8.
namespace postrider::codec {

/// Characters that `octets` become, in one line / in lines of 76 that each end with CRLF, the last one too.
constexpr std::uint64_t base64_size(std::uint64_t octets) noexcept {
    return (octets + 2) / 3 * 4;
}
constexpr std::uint64_t base64_lines_size(std::uint64_t octets) noexcept {
    return base64_size(octets) + (base64_size(octets) + 75) / 76 * 2;
}

std::string encode_base64(std::string_view octets);
std::string encode_base64_lines(std::string_view octets);

/// Writes base64_size(octets.size()) characters to `out`, or base64_lines_size of them, in one pass. `out` has room for
/// them and does not overlap `octets`; nothing behind either is touched.
/// returns    one past the last character written.
char* encode_base64(std::string_view octets, char* out) noexcept;
char* encode_base64_lines(std::string_view octets, char* out) noexcept;

/// Octets of one 76-column line. A stream encoded in chunks of a multiple of it needs no state between chunks:
/// encode_base64_lines of each chunk, one after the other, is encode_base64_lines of the whole.
inline constexpr std::size_t base64_line_octets = 57;

/// Strict, as a protocol wants it: the alphabet, whole groups of four, right padding, nothing else, and unused bits are
/// zero, so that one text stands for each string of octets.                                       RFC 4648 §3.5
/// errors     codec::errc::malformed
result<std::string> decode_base64(std::string_view text);

/// Base64 as mail has it: characters outside the alphabet are skipped, '=' ends the data, missing padding is supplied.
/// Total: takes any octets, in linear time. The flags tell what was not as it should be.                RFC 2045 §6.8
struct decoded_base64 {
    std::string octets;
    bool skipped_characters = false;  ///< other than CR, LF, space and tab; also an '=' too many
    bool missing_padding = false;
    bool wrong_length = false;        ///< one character was left over; it is dropped
    bool data_after_padding = false;  ///< ignored
};
decoded_base64 decode_base64_leniently(std::string_view text);

/// The paths that this processor can take, and a way for tests and benchmarks to take one of them: it must be one that
/// base64_paths() names. The choice otherwise is made once, at the first use, for the fastest. All write the same.
enum class base64_path { scalar, avx2, avx512_vbmi };
std::vector<base64_path> base64_paths();
char* encode_base64(std::string_view octets, char* out, base64_path) noexcept;
char* encode_base64_lines(std::string_view octets, char* out, base64_path) noexcept;
result<std::string> decode_base64(std::string_view text, base64_path);
decoded_base64 decode_base64_leniently(std::string_view text, base64_path);

}  // namespace postrider::codec
