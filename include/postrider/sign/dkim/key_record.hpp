#pragma once
#include <functional>
#include <postrider/core/result.hpp>
#include <postrider/sign/dkim/key.hpp>
#include <string>
#include <string_view>
#include <vector>

/// The TXT record with a public key, at SELECTOR._domainkey.DOMAIN.                                     RFC 6376 §3.6
namespace postrider::dkim {

struct key_record {
    std::string key_type = "rsa";            ///< `k`
    std::string public_octets;               ///< `p`, decoded; empty when the key is revoked
    std::vector<std::string> hashes;         ///< `h`; empty: any
    std::vector<std::string> services{"*"};  ///< `s`
    std::vector<std::string> flags;          ///< `t`
    std::string notes;                       ///< `n`, as written

    bool is_testing() const noexcept;          ///< `t=y`: a message with a signature is to be treated as one without
    bool forbids_subdomains() const noexcept;  ///< `t=s`: the domain of `i` must be `d` itself
};

/// Reads a record, its strings joined. Tags that are not known are passed over, and so is `g`, which RFC 6376 dropped.
/// errors     errc::bad_key_record
result<key_record> parse_key_record(std::string_view text);

/// "v=DKIM1; k=rsa; p=..." for a key of one's own.
std::string to_record(private_key const&);

/// SELECTOR._domainkey.DOMAIN
std::string key_name(std::string_view selector, std::string_view domain);

/// The record as a line of a zone file, in strings of at most 255 octets.                              RFC 1035 §5.1
///     mail._domainkey.example.com. IN TXT ( "v=DKIM1; k=rsa; p=MIIB..."
///         "..." )
std::string to_zone_line(std::string_view name, std::string_view record);

/// DNS, as a call: the TXT records of a name, the strings of each joined; none when there are none. An error is a failure
/// for now. What it throws goes through.
using txt_lookup = std::function<result<std::vector<std::string>>(std::string const& name)>;

}  // namespace postrider::dkim
