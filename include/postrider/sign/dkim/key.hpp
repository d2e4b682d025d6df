#pragma once
#include <memory>
#include <postrider/core/result.hpp>
#include <string>
#include <string_view>

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace postrider::dkim {

/// How a signature is made. Both hash with SHA-256; nothing else may be signed with any more.           RFC 8301, RFC 8463
enum class algorithm { rsa_sha256, ed25519_sha256 };

/// "rsa-sha256", "ed25519-sha256": the tag `a`.
std::string_view to_string(algorithm) noexcept;

/// A key to sign with. A value; copies share the key, and any number of threads may sign with it.
class private_key {
public:
    /// Reads what a key file holds: PEM or DER (PKCS#8, or PKCS#1 for RSA), or the seed of an Ed25519 key, its 32 octets or
    /// their base64 as dkimpy writes them.
    /// errors     errc::bad_key, ::encrypted_key, ::key_too_short, ::key_too_long
    static result<private_key> read(std::string_view octets);

    /// Makes a new one. Takes a second or more for a long RSA key.
    /// `bits`     RFC 8301 §3.2 asks for 2048; a TXT record holds the public half of 4096 too, in several strings.
    /// errors     errc::key_too_short, ::key_too_long
    static result<private_key> make_rsa(unsigned bits = 2048);
    static private_key make_ed25519();

    dkim::algorithm algorithm() const noexcept;
    unsigned bits() const noexcept;  ///< of RSA less than 2048 is less than RFC 8301 asks of signers

    std::string pem() const;            ///< PKCS#8, unencrypted: for a file that its owner alone may read
    std::string public_octets() const;  ///< what stands, in base64, in the record's `p`

    /// The signature of a hash, `digest` being the 32 octets of SHA-256.
    std::string sign(std::string_view digest) const;

private:
    explicit private_key(std::shared_ptr<evp_pkey_st> key) noexcept : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace postrider::dkim
