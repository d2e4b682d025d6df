#pragma once
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <memory>
#include <postrider/mime/wire.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mime::merge {

/// What all pieces of a row stand in, for its wire holds one owner, whatever their number; and what it is put together
/// in, which the next row may use again.
struct row_memory {
    std::shared_ptr<void const> plan;  // keeps the shared pieces
    std::string own;
    std::string message_id;
    std::string room, room_for_name;
};

/// Empties them for another row, or takes others where somebody else still holds these: a copy of the wire before, or
/// who reads it.
row_memory& emptied(std::shared_ptr<row_memory>& memory);

/// Gathers one row's wire: its own octets, in one string, and the shared pieces between them.
class assembler {
public:
    /// `pieces`   none yet; the vector may have capacity.
    assembler(row_memory& memory, std::vector<wire::piece>&& pieces) noexcept
        : memory_(memory), pieces_(std::move(pieces)) {}

    /// The row's own octets so far; what is appended goes in here.
    std::string& own() noexcept { return memory_.own; }

    /// Room, empty, for what is put together before it is encoded; for one slot at a time.
    std::string& room() noexcept {
        memory_.room.clear();
        return memory_.room;
    }
    std::string& room_for_name() noexcept { return memory_.room_for_name; }

    /// What the plan has for all rows: octets in memory, or a piece of another kind.
    void common_octets(std::string_view octets);
    void common_piece(wire::piece const& one);

    /// The row's Message-ID, for who asks the wire.
    std::string& message_id() noexcept { return memory_.message_id; }
    void set_needs_smtputf8() noexcept { needs_smtputf8_ = true; }
    bool needs_smtputf8() const noexcept { return needs_smtputf8_; }

    /// The pieces in their order. Nothing may be appended afterwards.
    std::vector<wire::piece> take();

private:
    void end_own();

    row_memory& memory_;
    std::vector<wire::piece> pieces_;
    // Where each of the own pieces, which stand as empty shared ones, ends.
    boost::container::small_vector<std::size_t, 32> own_ends_;
    bool needs_smtputf8_ = false;
    std::size_t begun_ = 0;  // in own(): what is in no piece yet
};

}  // namespace postrider::mime::merge
