#pragma once
#include <string>

namespace postrider::sasl {

/// What two ends of one TLS connection know and nobody else can make them believe: whoever stands between them has two
/// connections, and other values. Empty where it is not known.                                          RFC 5056
struct channel_bindings {
    std::string server_end_point;  ///< tls-server-end-point: a hash of the server's certificate. RFC 5929 §4
    std::string exporter;          ///< tls-exporter: 32 octets of keying material. RFC 9266

    bool any() const noexcept { return !server_end_point.empty() || !exporter.empty(); }
};

}  // namespace postrider::sasl
