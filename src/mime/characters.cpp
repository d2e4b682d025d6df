#include "characters.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace postrider::mime {
namespace {

constexpr std::uint64_t each(std::uint8_t octet) noexcept {
    return 0x0101010101010101u * octet;
}

/// Eight octets at a time. The high bit is set where an octet is 127, and where one is below 32, or has one below it.
constexpr std::uint64_t doubtful(std::uint64_t word) noexcept {
    auto const other_than_delete = word ^ each(127);
    return ((word - each(32)) & ~word) | ((other_than_delete - each(1)) & ~other_than_delete);
}

text_octets look_at_each(std::string_view text) noexcept {
    unsigned seen = 0;
    for (char c : text) seen |= character_classes[static_cast<unsigned char>(c)];
    return {.control = (seen & control_class) != 0, .beyond_ascii = (seen & utf8_class) != 0};
}

}  // namespace

// Nearly all text is far from any control character; what has one, or a tab, is looked at octet for octet.
text_octets look_at(std::string_view text) noexcept {
    constexpr std::size_t word_octets = sizeof(std::uint64_t);
    if (text.size() < word_octets) return look_at_each(text);
    std::uint64_t doubts = 0, seen = 0;
    for (std::size_t at = 0; at < text.size(); at += word_octets) {
        std::uint64_t word;  // the last one overlaps the one before it
        std::memcpy(&word, text.data() + std::min(at, text.size() - word_octets), word_octets);
        doubts |= doubtful(word);
        seen |= word;
    }
    if (doubts & each(128)) return look_at_each(text);
    return {.beyond_ascii = (seen & each(128)) != 0};
}

}  // namespace postrider::mime
