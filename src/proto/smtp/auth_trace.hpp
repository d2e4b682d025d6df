#pragma once
#include <string_view>

namespace postrider::smtp {

/// A line of the server's as a trace may show it: SCRAM's last challenge, "v=" and a signature, is masked. Beside salt
/// and nonces, which went before it, it is all that somebody needs to try passwords at leisure.
inline std::string_view shown_challenge(std::string_view line) noexcept {
    bool const is_signature = line.starts_with("334 dj0") || line.starts_with("334 dj1");  // base64 of "v="
    return is_signature ? "334 ****" : line;
}

}  // namespace postrider::smtp
