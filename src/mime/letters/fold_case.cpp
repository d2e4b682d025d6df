#include <algorithm>
#include <cstdint>
#include <cstring>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/fold_case.hpp>

#include "characters_of_utf8.hpp"

namespace postrider::mime {
namespace {

// Capitals from `first` to `last` whose small letters stand `distance` behind them; or, where it is 1, alternate with
// them, beginning with a capital.                                                     Unicode 15, UnicodeData.txt
struct capitals {
    char32_t first;
    char32_t last;
    char32_t distance;
};

constexpr capitals ranges[] = {
    {0xC0, 0xD6, 32},    {0xD8, 0xDE, 32},    {0x100, 0x137, 1},    {0x139, 0x148, 1},  {0x14A, 0x177, 1},
    {0x179, 0x17E, 1},   {0x1CD, 0x1DC, 1},   {0x1DE, 0x1EF, 1},    {0x1F8, 0x21F, 1},  {0x222, 0x233, 1},
    {0x388, 0x38A, 37},  {0x391, 0x3A1, 32},  {0x3A3, 0x3AB, 32},   {0x400, 0x40F, 80}, {0x410, 0x42F, 32},
    {0x460, 0x481, 1},   {0x48A, 0x4BF, 1},   {0x4C1, 0x4CE, 1},    {0x4D0, 0x52F, 1},  {0x531, 0x556, 48},
    {0x1E00, 0x1E95, 1}, {0x1EA0, 0x1EFF, 1}, {0xFF21, 0xFF3A, 32},
};

char32_t small_letter(char32_t number) noexcept {
    switch (number) {
        case 0x178: return 0xFF;   // Ÿ
        case 0x386: return 0x3AC;  // Ά
        case 0x38C: return 0x3CC;  // Ό
        case 0x38E: return 0x3CD;  // Ύ
        case 0x38F: return 0x3CE;  // Ώ
        case 0x3C2: return 0x3C3;  // ς, which ends a word
        default: break;
    }
    for (auto const& range : ranges) {
        if (number < range.first || number > range.last) continue;
        if (range.distance > 1) return number + range.distance;
        return (number - range.first) % 2 == 0 ? number + 1 : number;
    }
    return number;
}

/// How many octets `text` begins with that are US-ASCII.
std::size_t octets_of_ascii(std::string_view text) noexcept {
    constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080;
    std::size_t at = 0;
    for (std::uint64_t eight; at + sizeof eight <= text.size(); at += sizeof eight) {
        std::memcpy(&eight, text.data() + at, sizeof eight);
        if (eight & high_bits) break;
    }
    while (at < text.size() && !ascii::is_8bit(text[at])) ++at;
    return at;
}

// Most text is ASCII for long stretches: a loop that a compiler turns into a few instructions for many octets.
void append_folded_ascii(std::string& out, std::string_view text) {
    auto const before = out.size();
    out.resize(before + text.size());
    std::transform(text.begin(), text.end(), out.data() + before, ascii::to_lower);
}

}  // namespace

std::string fold_case(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        auto const beyond = octets_of_ascii(text);
        append_folded_ascii(out, text.substr(0, beyond));
        text.remove_prefix(beyond);
        if (text.empty()) break;
        auto const [number, octets] = first_character(text);
        append_character(out, small_letter(number));
        text.remove_prefix(octets);
    }
    return out;
}

}  // namespace postrider::mime
