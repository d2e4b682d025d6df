#pragma once
#include <memory>
#include <optional>
#include <postrider/net/stream.hpp>
#include <string>

#include "address_list.hpp"
#include "descriptor.hpp"
#include "patient_socket.hpp"
#include "tls_session.hpp"

namespace postrider::net {

/// A stream over a connected, non-blocking socket.
class socket_stream final : public blocking_stream {
public:
    explicit socket_stream(descriptor socket) noexcept : socket_(std::move(socket)), link_(socket_.get()) {}
    ~socket_stream() override { socket_stream::close(); }

    error_code write_all(std::span<std::string_view const> pieces, deadline) override;
    result<std::size_t> read_some(std::span<char> room, deadline) override;
    error_code start_tls(tls_context_ptr, std::string const& host, deadline) override;
    void close() noexcept override;
    bool is_open() const noexcept override { return static_cast<bool>(socket_); }
    bool secure() const noexcept override { return secure_; }
    endpoint local_endpoint() const override { return local_endpoint_of(socket_.get()); }
    std::string const& last_error_detail() const noexcept override { return detail_; }
    std::string tls_description() const override { return secure_ ? tls_->description() : std::string(); }
    std::optional<net::tls_peer> tls_peer() const override { return tls_ ? tls_->peer() : std::nullopt; }
    sasl::channel_bindings channel_bindings() const override {
        return secure_ ? tls_->bindings() : sasl::channel_bindings();
    }

private:
    error_code noted(error_code) noexcept;
    error_code write_in_clear(std::span<std::string_view const> pieces, deadline);
    result<std::size_t> read_in_clear(std::span<char> room, deadline);

    descriptor socket_;
    patient_socket link_;  // what is read and written goes by it
    std::optional<tls_session> tls_;
    bool secure_ = false;
    std::string detail_;
};

}  // namespace postrider::net
