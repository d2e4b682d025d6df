#pragma once
#include <cstdint>
#include <optional>
#include <postrider/codec/dot_stuffing.hpp>
#include <postrider/core/result.hpp>
#include <postrider/proto/smtp/reply.hpp>
#include <string_view>
#include <vector>

namespace postrider::smtp {
class server_handler;
}

namespace postrider::smtp::server_side {

/// Sees whether content that is not dot-stuffed holds a CR or LF of its own.
class bare_line_end_finder {
public:
    void look_at(std::string_view octets) noexcept;
    /// `ended`    nothing follows: a CR at the very end has no LF.
    bool found(bool ended) const noexcept { return found_ || (ended && after_cr_); }

private:
    bool after_cr_ = false;
    bool found_ = false;
};

/// Takes the octets of one message to the handler, piece by piece as they come. Once something stands against the
/// message the rest is counted and dropped, so that the session stays in step whatever the peer sends.
class content_receiver {
public:
    bool begun() const noexcept { return begun_; }
    void begin() noexcept { begun_ = true; }

    /// `limit`    0: none.
    void take(std::string_view octets, std::uint64_t limit, server_handler&);
    /// Stuffed octets, up to the final dot.
    /// returns    whether the dot was there.
    bool take_stuffed(std::string_view& input, std::uint64_t limit, server_handler&);
    /// A BDAT chunk's octets, which may lie in many pieces.
    void take_chunk(std::string_view octets, std::uint64_t limit, server_handler&);

    std::uint64_t octets() const noexcept { return octets_; }

    /// Why the message cannot be taken, if so.
    std::optional<reply> fault(bool strict_line_ends, bool ended) const;

private:
    bool begun_ = false;
    std::uint64_t octets_ = 0;
    bool too_big_ = false;
    bool failed_ = false;
    codec::dot_unstuffer unstuffer_;
    bare_line_end_finder bare_;
    std::vector<std::string_view> pieces_;
};

}  // namespace postrider::smtp::server_side
