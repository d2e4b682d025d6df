#pragma once
#include <system_error>

namespace postrider::dkim {

/// Why a signature cannot be made, or does not count. What a signature's own defects are is told by the first one found.
enum class errc {
    // Of keys
    bad_key = 1,    ///< neither PEM nor DER nor the seed of an Ed25519 key, or a key of another algorithm
    encrypted_key,  ///< behind a pass phrase: nobody is asked for it
    key_too_short,  ///< RSA of less than 1024 bits                                                RFC 8301 §3.2
    key_too_long,   ///< limits::dkim_key_bits

    // Of what a signer is told, or a signature says
    bad_domain,        ///< `d`: no domain name in US-ASCII
    bad_selector,      ///< `s`: the same, or too long in front of `d`
    bad_identity,      ///< `i`: no address at or below `d`
    bad_field_name,    ///< `h`: a name that no field can have
    from_not_signed,   ///< `h` lacks From                                                         RFC 6376 §5.4
    too_many_fields,   ///< limits::dkim_signed_fields names in `h`
    bad_times,         ///< `x` does not lie behind `t`
    no_author,         ///< the message to be signed has no From
    header_limit,      ///< limits::header_octets or ::header_fields: nobody can tell what the header says
    malformed_header,  ///< a line of it belongs to no field, or no empty line ends it: others may read another message

    // Of a signature field                                                                        RFC 6376 §6.1.1
    malformed,                     ///< no tag-list, or a tag's value is not of its form
    missing_tag,                   ///< one of v, a, b, bh, d, h, s
    unsupported_version,           ///< `v` is not 1
    unsupported_algorithm,         ///< `a` is neither rsa-sha256 nor ed25519-sha256
    obsolete_algorithm,            ///< `a` is rsa-sha1, which counts as no signature              RFC 8301 §3.1
    unsupported_canonicalization,  ///< `c` names another than simple and relaxed
    unsupported_query,             ///< `q` does not name dns/txt
    length_beyond_body,            ///< `l` covers more than there is                              RFC 6376 §3.5

    // Of the key record that DNS gave                                                             RFC 6376 §6.1.2
    key_unavailable,        ///< DNS failed for now: try again later
    no_key,                 ///< there is no record
    bad_key_record,         ///< no tag-list, another version, or a `p` that is no key
    key_revoked,            ///< `p` is empty
    key_of_other_kind,      ///< `k` does not fit `a`
    hash_not_allowed,       ///< `h` lacks sha256
    service_not_allowed,    ///< `s` names neither email nor *
    subdomain_not_allowed,  ///< `t=s`, and `i` lies below `d`

    // Of the message                                                                              RFC 6376 §6.1.3
    body_changed,    ///< its hash is not `bh`
    header_changed,  ///< or the signature was made with another key

    // Of signatures that are right and do not count all the same
    expired,        ///< `x` is past
    not_yet_valid,  ///< `t` lies ahead
    partial_body,   ///< `l` leaves octets at the end uncovered                                    RFC 6376 §8.2
    added_field,    ///< one more field of a name that may stand once, and whose first is signed   RFC 6376 §8.15
};

std::error_category const& category() noexcept;
std::error_code make_error_code(errc) noexcept;

}  // namespace postrider::dkim

template <>
struct std::is_error_code_enum<postrider::dkim::errc> : std::true_type {};
