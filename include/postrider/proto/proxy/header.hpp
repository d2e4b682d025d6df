#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace postrider::proxy {

/// For whom a proxy in front of a server stands. Without an address it speaks for itself, or does not say.
struct told_peer {
    std::string address;
    std::uint16_t port = 0;
    friend bool operator==(told_peer const&, told_peer const&) = default;
};

/// Reads what such a proxy says before all else: HAProxy's PROXY protocol, version 1 (a line) or 2 (binary).
/// Nothing else passes for it, and nothing behind it is asked for: whoever reads asks for `wanted` octets at most.
class header_reader {
public:
    enum class state { more, done, malformed };

    /// How many octets are certain to belong to the header; 0 once it is over.
    std::size_t wanted() const noexcept { return wanted_; }
    /// `octets`   `wanted` at most
    state consume(std::string_view octets);
    /// After `done`.
    told_peer const& peer() const noexcept { return peer_; }

private:
    state judge();
    state judge_line();
    state judge_binary();
    state needs(std::size_t total) noexcept;
    state over(bool well) noexcept;

    std::string header_;
    std::size_t wanted_ = 12;
    told_peer peer_;
};

}  // namespace postrider::proxy
