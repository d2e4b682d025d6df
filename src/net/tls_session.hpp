#pragma once
#include <memory>
#include <optional>
#include <postrider/net/stream.hpp>
#include <span>
#include <string>
#include <string_view>

#include "gather.hpp"
#include "patient_socket.hpp"
#include "tls_context.hpp"

namespace postrider::net {

/// The client's side of TLS over a socket that belongs to someone else; calls block.
class tls_session {
public:
    tls_session(tls_context_ptr, patient_socket&);

    error_code handshake(std::string const& host, deadline);
    error_code write_all(std::span<std::string_view const> pieces, deadline);
    result<std::size_t> read_some(std::span<char> room, deadline);

    /// Tells the peer that we are done, if that can be told without waiting and TLS is not broken.
    void say_goodbye() noexcept;

    std::string const& detail() const noexcept { return detail_; }
    std::optional<tls_peer> peer() const { return peer_of(ssl_.get()); }
    std::string description() const { return describe(ssl_.get()); }
    sasl::channel_bindings bindings() const { return bindings_of(ssl_.get()); }

private:
    template <class Operation>
    error_code repeat(Operation, deadline);
    error_code translate(int ssl_error);

    tls_context_ptr context_;
    ssl_ptr ssl_;
    patient_socket& socket_;
    std::unique_ptr<char[]> room_;
    std::string detail_;
    bool broken_ = false;
};

}  // namespace postrider::net
