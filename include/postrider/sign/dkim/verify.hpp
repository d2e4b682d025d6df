#pragma once
#include <chrono>
#include <cstddef>
#include <postrider/core/host.hpp>
#include <postrider/mime/authentication_results.hpp>
#include <postrider/mime/parse.hpp>
#include <postrider/sign/dkim/key_record.hpp>
#include <postrider/sign/dkim/signature.hpp>
#include <string>
#include <string_view>
#include <vector>

/// Checking the signatures of a message.                                                        RFC 6376 §6, RFC 8601
namespace postrider::dkim {

/// The best first.
enum class outcome {
    pass,       ///< the domain `d` answers for the message as it stands here
    policy,     ///< the signature is right, and is not to be relied on: the reason says why
    fail,       ///< the message was changed, or the signature is another's
    temperror,  ///< DNS failed for now
    permerror,  ///< the signature or the key cannot be used, now or ever
};

/// "pass", "fail", ...: the words of RFC 8601 §2.7.1.
std::string_view to_string(outcome) noexcept;

/// What became of one signature.
struct verdict {
    dkim::outcome outcome = dkim::outcome::permerror;
    error_code reason;          ///< a dkim::errc, unless it passed
    dkim::signature signature;  ///< what it says
    std::size_t offset = 0;     ///< where its field begins in the message
    unsigned key_bits = 0;      ///< 0 where there was no key to be had
    bool testing = false;       ///< `t=y`: the domain is trying it out and asks that nothing depends on it
    std::uint64_t body_octets_uncovered = 0;  ///< at the end, of the canonical body
};

struct verification {
    std::vector<verdict> verdicts;  ///< in the order of the fields; none for a message without a signature
    std::size_t unchecked = 0;      ///< signatures beyond limits::dkim_signatures

    /// The first that passed with that domain, whatever its case; nullptr when there is none.
    verdict const* passed(std::string_view domain) const noexcept;
};

struct verify_options {
    postrider::host const* host = nullptr;  ///< whose clock tells what expired; system_host() if null
    std::chrono::seconds clock_skew{300};   ///< how far a signer's clock may be ahead, and ours behind
    bool accept_partial_body = false;       ///< `l` may leave a rest uncovered, which anybody can have added
};

/// Checks every signature, with at most limits::dkim_key_records keys each. Linear in the message for each way of
/// canonicalization. Throws nothing but std::bad_alloc and what the lookup throws.
/// `octets`   of the message, in CRLF or LF.
verification verify(std::string_view octets, txt_lookup const& lookup, verify_options const& options = {});
verification verify(mime::parsed_message const& message, txt_lookup const& lookup, verify_options const& options = {});

/// The names that verify will ask for, each once: for those who want to ask for all of them at once, or first.
std::vector<std::string> key_names(std::string_view octets);

/// As resinfo for an Authentication-Results field; one "none" for a message without signatures.   RFC 8601 §2.7.1, §2.2
std::vector<mime::authentication_result> authentication_results(verification const&);

}  // namespace postrider::dkim
