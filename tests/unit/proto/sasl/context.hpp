#pragma once
#include <postrider/proto/sasl/mechanism.hpp>
#include <string>
#include <utility>

/// What the tests' servers and clients know.
namespace postrider::sasl::testing {

/// A server that looks secrets up; null: it lets everybody in.
inline server_context knowing(secret_lookup secret_of, std::string seed = "seed") {
    server_context context;
    context.secret_of = std::move(secret_of);
    context.challenge_seed = std::move(seed);
    context.nonce = "server-nonce";
    context.hiding_key = "hidden";
    return context;
}

inline client_context with_nonce(std::string nonce = "client-nonce") {
    client_context context;
    context.nonce = std::move(nonce);
    return context;
}

}  // namespace postrider::sasl::testing
