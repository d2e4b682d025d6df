#include <utility>

#include "slots.hpp"

namespace postrider::mime::merge {
namespace {

/// Shorter octets are copied to the row's own: to list them would cost more.
constexpr std::size_t shortest_piece = 256;

class octets_for_all final : public slot {
public:
    explicit octets_for_all(wire::shared_piece piece) : piece_(std::move(piece)) {}
    void write(row_values&, assembler& out) const override {
        if (piece_.octets.size() < shortest_piece)
            out.own() += piece_.octets;
        else
            out.common_octets(piece_.octets);
    }

private:
    wire::shared_piece piece_;
};

class piece_for_all final : public slot {
public:
    explicit piece_for_all(wire::piece piece) : piece_(std::move(piece)) {}
    void write(row_values&, assembler& out) const override { out.common_piece(piece_); }

private:
    wire::piece piece_;
};

}  // namespace

slot_ptr common_slot(wire::piece piece) {
    if (auto* octets = std::get_if<wire::shared_piece>(&piece))
        return std::make_unique<octets_for_all>(std::move(*octets));
    return std::make_unique<piece_for_all>(std::move(piece));
}

}  // namespace postrider::mime::merge
