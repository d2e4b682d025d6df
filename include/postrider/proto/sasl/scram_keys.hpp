#pragma once
#include <functional>
#include <optional>
#include <postrider/core/digest.hpp>
#include <postrider/core/limits.hpp>
#include <string>
#include <string_view>

namespace postrider::sasl {

/// What a SCRAM server keeps of a password: it can check a client with this, and cannot log in elsewhere.
///                                                                                                  RFC 5802 §3
struct scram_keys {
    std::string salt;
    unsigned iterations = limits::scram_least_iterations;
    std::string stored_key, server_key;  ///< octets of the hash's length
};

/// Keys of one password, to be kept. It takes as long as `iterations` say.
/// `password`     as SASLprep leaves it; `saslprep` does that.
scram_keys make_scram_keys(hash, std::string_view password, std::string salt,
                           unsigned iterations = limits::scram_least_iterations);

/// The keys kept of a user for one hash, or nothing if there are none.
using scram_lookup = std::function<std::optional<scram_keys>(hash, std::string_view user)>;

}  // namespace postrider::sasl
