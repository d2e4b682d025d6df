#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// SP and HTAB: WSP, as RFC 5234 calls them.
namespace postrider::dkim {

constexpr bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t';
}

/// Whether one of eight octets is `wanted`: the usual trick, which may be wrong about which but not about whether.
constexpr bool any_is(std::uint64_t octets, char wanted) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101;
    std::uint64_t const differs = octets ^ (ones * static_cast<unsigned char>(wanted));
    return ((differs - ones) & ~differs & (ones << 7)) != 0;
}

/// Where the first blank stands at or behind `from`; the size where there is none. Base64, where it stands nowhere, is
/// passed over eight octets at a time.
inline std::size_t find_blank(std::string_view text, std::size_t from) noexcept {
    for (std::uint64_t octets; text.size() - from >= sizeof octets; from += sizeof octets) {
        std::memcpy(&octets, text.data() + from, sizeof octets);
        if (any_is(octets, ' ') || any_is(octets, '\t')) break;
    }
    return static_cast<std::size_t>(
        std::find_if(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), is_blank) - text.begin());
}

/// Without blanks and line ends around it.
constexpr std::string_view trim(std::string_view text) noexcept {
    constexpr std::string_view folding = " \t\r\n";
    std::size_t const begin = std::min(text.find_first_not_of(folding), text.size());
    std::size_t const last = text.find_last_not_of(folding);
    return last == text.npos ? std::string_view() : text.substr(begin, last + 1 - begin);
}

}  // namespace postrider::dkim
