#pragma once
#include <optional>
#include <postrider/core/result.hpp>
#include <postrider/proto/sasl/mechanism.hpp>
#include <postrider/proto/sasl/scram_keys.hpp>
#include <string>
#include <string_view>

/// Salted Challenge Response Authentication Mechanism: what both sides compute and how messages are made. RFC 5802 §3, §7
///     client-first    gs2-header "n=" saslname ",r=" c-nonce
///     server-first    "r=" c-nonce s-nonce ",s=" salt ",i=" iteration-count
///     client-final    "c=" base64(gs2-header cbind-data) ",r=" nonce ",p=" base64(proof)
///     server-final    "v=" base64(signature), or "e=" why not
namespace postrider::sasl::scram {

/// Of the six: which hash, and whether it is bound to the channel.
struct kind {
    hash with;
    bool plus;
};
std::string_view name_of(kind) noexcept;  ///< "SCRAM-SHA-256-PLUS"

std::string salted_password(hash, std::string_view password, std::string_view salt, unsigned iterations);
std::string client_key(hash, std::string_view salted_password);
std::string server_key(hash, std::string_view salted_password);

/// Octet by octet; both of one length.
std::string exclusive_or(std::string_view a, std::string_view b);

/// Printable, without comma: RFC 5802 §7.
bool is_nonce(std::string_view text) noexcept;

/// "p=tls-exporter", the value of that name, or nothing when there is no such name or no value for it.
std::optional<std::string_view> binding_of(std::string_view name, channel_bindings const&) noexcept;

inline constexpr std::string_view exporter_binding = "tls-exporter", end_point_binding = "tls-server-end-point";

}  // namespace postrider::sasl::scram
