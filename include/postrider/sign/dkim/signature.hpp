#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <postrider/core/result.hpp>
#include <postrider/sign/dkim/canonical.hpp>
#include <postrider/sign/dkim/key.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::dkim {

/// What a DKIM-Signature field says.                                                                    RFC 6376 §3.5
struct signature {
    std::string algorithm_name;  ///< `a` as written
    dkim::algorithm algorithm = dkim::algorithm::rsa_sha256;
    canonicalization header = canonicalization::simple, body = canonicalization::simple;  ///< `c`
    std::string domain, selector;                                                         ///< `d`, `s`
    std::string identity;                      ///< `i`, decoded; "@" and the domain where it is not said
    std::vector<std::string> signed_fields;    ///< `h`, as written
    std::string body_hash, value;              ///< `bh` and `b`, decoded
    std::optional<std::uint64_t> body_octets;  ///< `l`: how much of the canonical body is covered
    std::optional<std::chrono::sys_seconds> signed_at, expires_at;  ///< `t`, `x`

    /// The first thing that keeps it from being checked, or nothing. The members above are what could be read.
    error_code defect;
};

/// Total, in linear time. limits::dkim_signed_fields names in `h`.
signature parse_signature(std::string_view field_body);

}  // namespace postrider::dkim
