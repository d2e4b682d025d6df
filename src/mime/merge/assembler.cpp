#include "assembler.hpp"

#include <utility>

namespace postrider::mime::merge {
namespace {

constexpr std::size_t usual_room = 256;

}  // namespace

assembler::assembler(std::shared_ptr<void const> plan, std::size_t pieces, std::size_t octets)
    : octets_(std::make_shared<row_octets>()) {
    octets_->plan = std::move(plan);
    own().reserve(octets);
    pieces_.reserve(pieces);
    own_ends_.reserve(pieces / 2 + 1);
    room_.reserve(usual_room);
}

void assembler::common_octets(std::string_view octets) {
    if (octets.empty()) return;
    end_own();
    pieces_.emplace_back(wire::shared_piece{nullptr, octets});
}

void assembler::common_piece(wire::piece const& one) {
    end_own();
    pieces_.push_back(one);
}

// The string may still move: its pieces get their octets in the end.
void assembler::end_own() {
    if (begun_ == own().size()) return;
    begun_ = own().size();
    own_ends_.push_back(begun_);
    pieces_.emplace_back(std::in_place_type<wire::shared_piece>);
}

wire assembler::take() {
    end_own();
    wire whole;
    std::size_t begin = 0;
    auto end = own_ends_.begin();
    for (auto& piece : pieces_) {
        auto* const own_piece = std::get_if<wire::shared_piece>(&piece);
        if (!own_piece || own_piece->octets.data()) continue;
        own_piece->octets = std::string_view(own()).substr(begin, *end - begin);
        begin = *end++;
    }
    whole.set_pieces(std::move(pieces_), std::move(octets_));
    whole.set_message_id(std::move(message_id_));
    whole.set_needs_smtputf8(needs_smtputf8_);
    return whole;
}

}  // namespace postrider::mime::merge
