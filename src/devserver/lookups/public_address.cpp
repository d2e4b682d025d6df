#include "public_address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace postrider::devserver {
namespace {

struct block {
    std::uint32_t first;
    unsigned bits;
};

constexpr block of(std::uint32_t a, std::uint32_t b, std::uint32_t c, unsigned bits) {
    return {(a << 24) | (b << 16) | (c << 8), bits};
}

// The IANA registry of special-purpose IPv4 addresses, multicast and class E.
constexpr block closed[] = {
    of(0, 0, 0, 8),                             // this network
    of(10, 0, 0, 8),                            // private
    of(100, 64, 0, 10),                         // shared by a provider's customers: RFC 6598
    of(127, 0, 0, 8),                           // loopback
    of(169, 254, 0, 16),                        // link-local, where clouds tell secrets
    of(172, 16, 0, 12),                         // private
    of(192, 0, 0, 24),                          // protocol assignments
    of(192, 0, 2, 24),                          // documentation
    of(192, 88, 99, 24),                        // 6to4 relays: RFC 7526
    of(192, 168, 0, 16),                        // private
    of(198, 18, 0, 15),                         // benchmarks
    of(198, 51, 100, 24), of(203, 0, 113, 24),  // documentation
    of(224, 0, 0, 4),                           // multicast
    of(240, 0, 0, 4),                           // reserved, broadcast
};

bool is_public_v4(std::uint32_t address) noexcept {
    return std::none_of(std::begin(closed), std::end(closed), [&](block const& one) {
        return (address >> (32 - one.bits)) == (one.first >> (32 - one.bits));
    });
}

/// Global unicast is 2000::/3 and nothing else: what maps or translates IPv4 lies outside, but for these.
bool is_public_v6(std::array<std::uint8_t, 16> const& a) noexcept {
    if ((a[0] & 0xE0) != 0x20) return false;
    bool const protocols = a[0] == 0x20 && a[1] == 0x01 && a[2] < 0x02;                   // 2001::/23, Teredo in it
    bool const documents = a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0D && a[3] == 0xB8;  // 2001:db8::/32
    bool const six_to_four = a[0] == 0x20 && a[1] == 0x02;                                // 2002::/16
    bool const more_documents = a[0] == 0x3F && a[1] == 0xFF && a[2] < 0x10;              // 3fff::/20
    return !protocols && !documents && !six_to_four && !more_documents;
}

}  // namespace

bool is_public_address(std::string const& address) noexcept {
    in_addr four{};
    if (::inet_pton(AF_INET, address.c_str(), &four) == 1) return is_public_v4(ntohl(four.s_addr));
    std::array<std::uint8_t, 16> six{};
    return ::inet_pton(AF_INET6, address.c_str(), six.data()) == 1 && is_public_v6(six);
}

}  // namespace postrider::devserver
