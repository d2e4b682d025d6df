#include "utf8.hpp"

#include <cstdint>

namespace postrider::app {
namespace {

/// Octets of the well-formed character at the front of `text`, 0 if there is none.               RFC 3629 §4
std::size_t character_length(std::string_view text) noexcept {
    auto const octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto const first = octet(0);
    if (first < 0x80) return 1;
    std::size_t const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((octet(i) & 0xc0) != 0x80) return 0;
    bool const overlong = (first == 0xe0 && octet(1) < 0xa0) || (first == 0xf0 && octet(1) < 0x90);
    bool const surrogate = first == 0xed && octet(1) >= 0xa0;
    bool const beyond_unicode = first == 0xf4 && octet(1) >= 0x90;
    return overlong || surrogate || beyond_unicode ? 0 : length;
}

}  // namespace

std::string valid_utf8(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t const length = character_length(text);
        out += length > 0 ? text.substr(0, length) : std::string_view("\xef\xbf\xbd");
        text.remove_prefix(length > 0 ? length : 1);
    }
    return out;
}

}  // namespace postrider::app
