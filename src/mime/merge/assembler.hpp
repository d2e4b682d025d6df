#pragma once
#include <memory>
#include <postrider/mime/wire.hpp>
#include <string>
#include <utility>
#include <vector>

namespace postrider::mime::merge {

/// Gathers one row's wire: its own octets, in one string, and the shared pieces between them.
class assembler {
public:
    /// `pieces`, `octets`   about how many there will be, of its own.
    assembler(std::size_t pieces, std::size_t octets);

    /// The row's own octets so far; what is appended goes in here.
    std::string& own() noexcept { return octets_->own; }

    /// Room, empty, for what is put together before it is encoded; for one slot at a time.
    std::string& room() noexcept {
        room_.clear();
        return room_;
    }

    void shared(wire::piece const& one);

    void set_message_id(std::string id) { message_id_ = std::move(id); }
    void set_needs_smtputf8() noexcept { needs_smtputf8_ = true; }

    /// Nothing may be appended afterwards.
    wire take();

private:
    struct row_octets {
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
