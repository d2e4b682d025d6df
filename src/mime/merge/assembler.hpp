#pragma once
#include <cstddef>
#include <memory>
#include <postrider/mime/wire.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postrider::mime::merge {

/// Gathers one row's wire: its own octets, in one string, and the shared pieces between them.
class assembler {
public:
    /// `plan`               keeps the shared pieces.
    /// `pieces`, `octets`   about how many there will be, of its own.
    assembler(std::shared_ptr<void const> plan, std::size_t pieces, std::size_t octets);

    /// The row's own octets so far; what is appended goes in here.
    std::string& own() noexcept { return octets_->own; }

    /// Room, empty, for what is put together before it is encoded; for one slot at a time.
    std::string& room() noexcept {
        room_.clear();
        return room_;
    }

    /// What the plan has for all rows: octets in memory, or a piece of another kind.
    void common_octets(std::string_view octets);
    void common_piece(wire::piece const& one);

    void set_message_id(std::string id) { message_id_ = std::move(id); }
    void set_needs_smtputf8() noexcept { needs_smtputf8_ = true; }

    /// Nothing may be appended afterwards.
    wire take();

private:
    // What all pieces of the row stand in: the wire holds one owner, whatever their number.
    struct row_octets {
        std::shared_ptr<void const> plan;
        std::string own;
    };
    void end_own();

    std::shared_ptr<row_octets> octets_;
    std::vector<wire::piece> pieces_;
    std::vector<std::size_t> own_ends_;  // where each of the own pieces, which stand as empty shared ones, ends
    std::string room_;
    std::string message_id_;
    bool needs_smtputf8_ = false;
    std::size_t begun_ = 0;  // in own(): what is in no piece yet
};

}  // namespace postrider::mime::merge
