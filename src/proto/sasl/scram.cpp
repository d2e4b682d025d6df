#include "scram.hpp"

#include <algorithm>

namespace postrider::sasl {

scram_keys make_scram_keys(hash with, std::string_view password, std::string salt, unsigned iterations) {
    auto const salted = scram::salted_password(with, password, salt, iterations);
    return {std::move(salt), iterations, digest(with, scram::client_key(with, salted)),
            scram::server_key(with, salted)};
}

namespace scram {

std::string_view name_of(kind which) noexcept {
    switch (which.with) {
        case hash::sha512: return which.plus ? "SCRAM-SHA-512-PLUS" : "SCRAM-SHA-512";
        case hash::sha256: return which.plus ? "SCRAM-SHA-256-PLUS" : "SCRAM-SHA-256";
        case hash::sha1: return which.plus ? "SCRAM-SHA-1-PLUS" : "SCRAM-SHA-1";
        case hash::md5: break;
    }
    return {};
}

std::string salted_password(hash with, std::string_view password, std::string_view salt, unsigned iterations) {
    return pbkdf2(with, password, salt, iterations);
}

std::string client_key(hash with, std::string_view salted) {
    return hmac(with, salted, "Client Key");
}

std::string server_key(hash with, std::string_view salted) {
    return hmac(with, salted, "Server Key");
}

std::string exclusive_or(std::string_view a, std::string_view b) {
    std::string both(a);
    for (std::size_t i = 0; i < both.size(); ++i) both[i] = static_cast<char>(both[i] ^ b[i]);
    return both;
}

bool is_nonce(std::string_view text) noexcept {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f && c != ','; });
}

std::optional<std::string_view> binding_of(std::string_view name, channel_bindings const& known) noexcept {
    std::string_view value;
    if (name == exporter_binding) value = known.exporter;
    if (name == end_point_binding) value = known.server_end_point;
    if (value.empty()) return {};
    return value;
}

}  // namespace scram
}  // namespace postrider::sasl
