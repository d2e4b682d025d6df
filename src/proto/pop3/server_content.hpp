#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <postrider/codec/dot_stuffing.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::pop3::server_side {

/// A message on its way to the client, stuffed as it goes.                                               RFC 1939 §3
class content_writer {
public:
    void begin(std::string octets);
    /// Whether all of it was handed out: the last pieces may still be on their way.
    bool empty() const noexcept { return !octets_ || ended_; }

    /// Appends views of the next octets to `out`; behind the last ones the final dot. They hold until the next call.
    void next(std::vector<std::string_view>& out);

private:
    std::optional<std::string> octets_;
    std::size_t at_ = 0;
    bool ended_ = false;
    codec::dot_stuffer stuffer_;
};

/// The header, the blank line, and so many lines of the body.                                     RFC 1939 §7 (TOP)
std::string_view top_of(std::string_view octets, std::uint64_t body_lines) noexcept;

}  // namespace postrider::pop3::server_side
