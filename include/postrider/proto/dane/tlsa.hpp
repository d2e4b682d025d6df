#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Certificates that a domain vouches for in DNS.                                       RFC 6698, RFC 7671, RFC 7672
namespace postrider::dane {

enum class usage : std::uint8_t { pkix_ta, pkix_ee, dane_ta, dane_ee };
enum class selector : std::uint8_t { certificate, public_key };
enum class matching : std::uint8_t { whole, sha256, sha512 };

/// A TLSA record. Whoever hands it on has seen to it that DNSSEC vouches for it: without that it says nothing.
struct tlsa_record {
    std::uint8_t usage = 0, selector = 0, matching = 0;  ///< as they stand in the record, known or not
    std::string data;                                    ///< octets
    friend bool operator==(tlsa_record const&, tlsa_record const&) = default;
};

/// From the octets of a record.                                                                        RFC 6698 §2.1
/// returns    nothing when they are too few to be one.
std::optional<tlsa_record> parse_tlsa(std::string_view rdata);

/// As zone files have it.                                                                              RFC 6698 §2.2
///     tlsa = usage selector matching 1*( 2HEXDIG / blank )        "3 1 1 0d6fce3c..."
std::optional<tlsa_record> parse_tlsa_text(std::string_view text);

/// Whether mail can use it: DANE-TA and DANE-EE alone (RFC 7672 §3.1.3), a selector and a matching that are known, and
/// as much data as that matching needs.
bool is_usable(tlsa_record const&) noexcept;

/// Those that mail can use, at most limits::tlsa_records of them. When there are records and none of them is left,
/// TLS is required all the same, without a certificate that could be checked.                          RFC 7672 §2.2
std::vector<tlsa_record> usable(std::vector<tlsa_record> const&);

/// Where the records of a server stand: "_25._tcp.mx.example".                                         RFC 7672 §2.2.2
std::string tlsa_name(std::string_view host, std::uint16_t port);

}  // namespace postrider::dane
