#pragma once
#include <array>
#include <postrider/devserver/fault_rule.hpp>
#include <postrider/net/tls.hpp>
#include <utility>

namespace postrider::devserver {

/// The TLS contexts with which a handshake is to fail; each is made when it is asked for first.
class bad_certificates {
public:
    explicit bad_certificates(net::tls_context_ptr sound) : sound_(std::move(sound)) {}

    /// Null for the handshake that ends before it begins, and where none can be made, which a client sees as the same.
    net::tls_context_ptr const& with(fault_rule::certificates);

private:
    net::tls_context_ptr sound_;
    std::array<net::tls_context_ptr, 4> made_;
};

}  // namespace postrider::devserver
