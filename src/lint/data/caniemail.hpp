#pragma once
#include <span>
#include <string_view>

namespace postrider::lint {

/// A mail client as people know it: "Gmail", "iOS".
struct client_name {
    std::string_view name, platform;
};

/// Something of HTML or CSS, and which clients support it.
struct client_feature {
    std::string_view id;       ///< "css-display-flex": the last segment of its page at caniemail.com
    std::string_view title;    ///< "display:flex"
    std::string_view support;  ///< a letter for each of known_clients(): yes, no, almost, unknown
};

std::span<client_name const> known_clients() noexcept;

/// In order of their ids.
std::span<client_feature const> known_features() noexcept;

}  // namespace postrider::lint
