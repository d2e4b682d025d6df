#include <array>
#include <cstdint>
#include <cstring>

#include "base64_paths.hpp"

namespace postrider::codec::detail {
namespace {

/// Two characters for every twelve bits.
constexpr auto pairs = [] {
    std::array<std::array<char, 2>, 4096> table{};
    for (std::size_t bits = 0; bits < table.size(); ++bits)
        table[bits] = {base64_alphabet[bits >> 6], base64_alphabet[bits & 63]};
    return table;
}();

std::uint32_t octet(char c) noexcept {
    return static_cast<unsigned char>(c);
}

char* put_pair(char* out, std::uint32_t bits) noexcept {
    std::memcpy(out, pairs[bits & 0xFFF].data(), 2);
    return out + 2;
}

/// The last one or two octets, padded.
char* put_rest(std::string_view rest, char* out) noexcept {
    if (rest.empty()) return out;
    std::uint32_t const bits = octet(rest[0]) << 16 | (rest.size() > 1 ? octet(rest[1]) << 8 : 0);
    out = put_pair(out, bits >> 12);
    *out++ = rest.size() > 1 ? base64_alphabet[bits >> 6 & 63] : '=';
    *out++ = '=';
    return out;
}

}  // namespace

char* encode_base64_scalar(std::string_view octets, char* out) noexcept {
    std::size_t i = 0;
    for (; octets.size() - i >= 3; i += 3) {
        std::uint32_t const bits = octet(octets[i]) << 16 | octet(octets[i + 1]) << 8 | octet(octets[i + 2]);
        out = put_pair(out, bits >> 12);
        out = put_pair(out, bits);
    }
    return put_rest(octets.substr(i), out);
}

char* encode_base64_lines_scalar(std::string_view octets, char* out) noexcept {
    while (!octets.empty()) {
        out = encode_base64_scalar(octets.substr(0, base64_line_octets), out);
        *out++ = '\r';
        *out++ = '\n';
        octets.remove_prefix(octets.size() < base64_line_octets ? octets.size() : base64_line_octets);
    }
    return out;
}

}  // namespace postrider::codec::detail
