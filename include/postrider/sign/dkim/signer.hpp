#pragma once
#include <chrono>
#include <optional>
#include <postrider/core/host.hpp>
#include <postrider/core/result.hpp>
#include <postrider/mime/wire.hpp>
#include <postrider/sign/dkim/canonical.hpp>
#include <postrider/sign/dkim/key.hpp>
#include <span>
#include <string>
#include <vector>

namespace postrider::dkim {

/// Which fields of a name are signed. All that there are; and, when the name is sealed, one more than there are, so that
/// none can be added behind the signature's back.                                               RFC 6376 §5.4.2, §8.15
enum class seal {
    open,        ///< others may be added
    if_present,  ///< sealed when there is one
    always,      ///< sealed even when there is none
};

struct signed_field {
    std::string name;
    dkim::seal seal = dkim::seal::open;
};

/// The fields of RFC 6376 §5.4.1, those of MIME, and List-Unsubscribe-Post, as RFC 8058 §4 asks. What stands once in
/// every message is sealed, and so is a List-Unsubscribe with its Post; what mailing lists and resenders add is not.
std::vector<signed_field> const& recommended_fields();

struct signer_options {
    std::string domain;    ///< `d`: who answers for the message. Mostly the domain of From, as DMARC asks
    std::string selector;  ///< `s`: which of the domain's keys this is
    std::string identity;  ///< `i`: an address at or below the domain, "@sub.example.com" too; empty: not said
    std::vector<signed_field> fields = recommended_fields();
    canonicalization header = canonicalization::relaxed;
    canonicalization body = canonicalization::relaxed;
    bool timestamp = true;                                   ///< `t`: when it was signed
    std::optional<std::chrono::seconds> expires_after = {};  ///< `x`: how long the signature is meant to count
};

/// A key and how to sign with it. A value that many threads may use.
class signer {
public:
    /// errors     errc::bad_domain, ::bad_selector, ::bad_identity, ::bad_field_name, ::from_not_signed, ::bad_times
    static result<signer> make(private_key key, signer_options options);

    private_key const& key() const noexcept { return key_; }
    signer_options const& options() const noexcept { return options_; }

private:
    signer(private_key key, signer_options options) noexcept : key_(std::move(key)), options_(std::move(options)) {}
    private_key key_;
    signer_options options_;
};

/// The message with a DKIM-Signature field in front for each of the signers, the first on top. Reads the message once, in
/// pieces, and copies nothing of it but its header; it shares its pieces with `mail`. With the same clock, the same
/// octets come out.
///
/// Sign last: what changes a message behind a signature (another transfer encoding, a footer) breaks it. So a message with
/// 8-bit lines is better brought into quoted-printable or base64 first, lest a server does it.    RFC 6376 §5.3
/// `host`     whose clock tells the time; system_host() if null.
/// errors     errc::no_author, ::header_limit, ::malformed_header, ::too_many_fields; those of octet_source::read_at
result<mime::wire> sign(mime::wire const& mail, std::span<signer const> signers, host const* host = nullptr);
result<mime::wire> sign(mime::wire const& mail, signer const& signer, host const* host = nullptr);

}  // namespace postrider::dkim
