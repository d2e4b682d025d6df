#pragma once
#include <array>
#include <cstdint>

/// What is wrong with UTF-8, in pairs of neighbours, for those who look at many octets at a time.
namespace postrider::codec::detail {

/// A set of nibbles: bit n stands for n.
using nibbles = std::uint16_t;

constexpr nibbles from(unsigned first, unsigned last) {
    return static_cast<nibbles>((2u << last) - (1u << first));
}
inline constexpr nibbles any = from(0, 15);

/// Two neighbours that ill-formed text alone holds, told by the first octet's nibbles and the second's upper one.
struct fault {
    nibbles first_upper, first_lower, second_upper;
};

/// RFC 3629 §4 turned round. Neighbours that both continue a character are no fault where a third or fourth octet is
/// due: theirs is the last place, the sign bit.
inline constexpr fault faults[] = {
    {from(0xC, 0xF), any, static_cast<nibbles>(~from(8, 11))},  // a character is cut short
    {from(0, 7), any, from(8, 11)},                             // an octet continues none
    {from(0xC, 0xC), from(0, 1), from(8, 11)},                  // overlong, of two octets
    {from(0xE, 0xE), from(0, 0), from(8, 9)},                   // overlong, of three
    {from(0xE, 0xE), from(0xD, 0xD), from(10, 11)},             // a surrogate
    {from(0xF, 0xF), from(4, 15), from(9, 11)},                 // above U+10FFFF
    {from(0xF, 0xF), from(0, 0) | from(5, 15), from(8, 8)},     // above it too; overlong, of four
    {from(8, 11), any, from(8, 11)},                            // two that continue
};

using fault_table = std::array<std::uint8_t, 16>;

/// For every nibble the faults that it can be part of.
constexpr fault_table faults_by(nibbles fault::*place) {
    fault_table by_nibble{};
    for (unsigned n = 0; n < 16; ++n)
        for (unsigned bit = 0; bit < 8; ++bit)
            by_nibble[n] |= static_cast<std::uint8_t>((faults[bit].*place >> n & 1) << bit);
    return by_nibble;
}
inline constexpr fault_table by_first_upper = faults_by(&fault::first_upper);
inline constexpr fault_table by_first_lower = faults_by(&fault::first_lower);
inline constexpr fault_table by_second_upper = faults_by(&fault::second_upper);

}  // namespace postrider::codec::detail
