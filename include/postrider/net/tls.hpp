#pragma once
#include <memory>
#include <optional>
#include <postrider/core/result.hpp>
#include <postrider/proto/dane/tlsa.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::net {

/// What nobody should go below is not offered: RFC 8996 ended TLS 1.0 and 1.1.
enum class tls_version { tls_1_2, tls_1_3 };

/// How to talk TLS as a client. By default the certificate must be valid, trusted by the system and made out to the
/// host that was asked for.
struct tls_options {
    std::string ca_file;                   ///< PEM: trust these and not the system's
    std::string certificate_file;          ///< PEM: show this to the server, and what vouches for it
    std::string key_file;                  ///< PEM, without a passphrase; empty: the key stands in certificate_file
    std::string host_name;                 ///< expect this name; empty: the endpoint's host
    std::vector<std::string> other_names;  ///< the certificate may be made out to one of these instead
    tls_version least_version = tls_version::tls_1_2;

    /// SHA-256 fingerprints (see `fingerprint`): the server's certificate must have one of them, beside everything
    /// else that is asked of it. Several let a new certificate take over from the old one.
    std::vector<std::string> fingerprints;
    /// With fingerprints: they are all that is asked of the certificate. Its issuer, name and dates no longer count, so
    /// that a self-signed one will do.
    bool fingerprint_is_enough = false;

    /// What DNS, under DNSSEC, says of the server's certificate: with any it must match one of them that mail can use, in
    /// place of being trusted by the system. One that matches as DANE-EE may have any name and date.
    ///                                                                                    RFC 7672 §3.1, dane::usable
    std::vector<dane::tlsa_record> tlsa;

    /// Takes anybody for the server. Fingerprints and TLSA records are looked at all the same.
    bool accept_any_certificate_dangerously = false;

    tls_options() {}
    friend bool operator==(tls_options const&, tls_options const&) = default;
};

/// A SHA-256 fingerprint as 64 lower-case digits.
///     fingerprint = 32( [":"] 2HEXDIG )          "openssl x509 -noout -fingerprint -sha256" prints it behind its "="
/// returns    nothing when the text is none.
std::optional<std::string> fingerprint(std::string_view text);

/// An OpenSSL context behind a name; may be shared by many streams and threads.
class tls_context;
using tls_context_ptr = std::shared_ptr<tls_context>;

/// errors     io_errc::tls_failed, with the reason (an unreadable file, a key that does not fit, TLSA records of which
///            none can be used) in `why`.
result<tls_context_ptr> client_tls(tls_options const&, std::string& why);

/// A server's context from PEM files, or with a self-signed certificate for localhost, 127.0.0.1 and ::1 made now.
result<tls_context_ptr> server_tls(std::string const& certificate_file, std::string const& key_file, std::string& why);
result<tls_context_ptr> self_signed_server_tls(std::string& why);

/// What a client must not accept.
enum class certificate_flaw {
    expired,         ///< it was right until yesterday
    wrong_name,      ///< it is another host's
    unknown_issuer,  ///< it is for localhost, and nobody vouches for it
};

/// For those who test clients: a certificate that has this one flaw for whoever trusts the certificate of `sound` as its
/// CA.
result<tls_context_ptr> flawed_server_tls(certificate_flaw, tls_context const& sound, std::string& why);

/// The certificate of a context made by self_signed_server_tls, as PEM: what a client may trust as its CA.
std::string certificate_pem(tls_context const&);

}  // namespace postrider::net
