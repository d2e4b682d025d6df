#pragma once
#include <postrider/core/result.hpp>
#include <postrider/sign/dkim/key_record.hpp>
#include <string_view>

#include "evp.hpp"

namespace postrider::dkim {

/// The key in a record.
class public_key {
public:
    /// `record`   of a key that was not revoked, and of the algorithm's kind. RSA is a SubjectPublicKeyInfo, as everybody
    ///            publishes it, or an RSAPublicKey, as RFC 6376 §3.6.1 has it. Keys of any length.
    /// errors     errc::bad_key_record, ::key_too_long
    static result<public_key> read(key_record const& record, algorithm kind);

    unsigned bits() const noexcept;
    bool verifies(std::string_view digest, std::string_view signature) const;

private:
    public_key(evp_key key, algorithm kind) noexcept : key_(std::move(key)), kind_(kind) {}
    evp_key key_;
    algorithm kind_;
};

}  // namespace postrider::dkim
