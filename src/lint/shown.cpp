#include "shown.hpp"

#include <postrider/codec/charset.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>

namespace postrider::lint {
namespace {

/// U+0080..9F, U+200B..F, U+202A..E, U+2066..9, U+FEFF: what changes how other text looks and is not seen itself.
std::size_t unseen_octets(std::string_view at) noexcept {
    auto const octet = [&](std::size_t i) { return i < at.size() ? static_cast<unsigned char>(at[i]) : 0u; };
    if (octet(0) == 0xC2 && octet(1) >= 0x80 && octet(1) < 0xA0) return 2;
    bool const marks =
        octet(1) == 0x80 && ((octet(2) >= 0x8B && octet(2) <= 0x8F) || (octet(2) >= 0xAA && octet(2) <= 0xAE));
    bool const isolates = octet(1) == 0x81 && octet(2) >= 0xA6 && octet(2) <= 0xA9;
    if (octet(0) == 0xE2 && (marks || isolates)) return 3;
    return octet(0) == 0xEF && octet(1) == 0xBB && octet(2) == 0xBF ? 3 : 0;
}

}  // namespace

std::string shown(std::string_view text) {
    bool const is_cut = text.size() > limits::lint_shown_octets;
    // Room for a character that the cut goes through, which is then not taken for a fault.
    auto const utf8 = codec::is_utf8(text)
                          ? std::string(text.substr(0, codec::utf8_prefix(text, limits::lint_shown_octets)))
                          : codec::decode_charset(text.substr(0, limits::lint_shown_octets), "utf-8")->text;
    std::string seen;
    for (std::size_t at = 0; at < utf8.size();) {
        if (auto const unseen = unseen_octets(std::string_view(utf8).substr(at))) {
            at += unseen;
            continue;
        }
        char const c = utf8[at++];
        bool const blank = c == ' ' || ascii::is_control(c);
        if (!blank) seen += c;
        if (blank && !seen.empty() && seen.back() != ' ') seen += ' ';
    }
    return is_cut ? seen + "..." : seen;
}

}  // namespace postrider::lint
