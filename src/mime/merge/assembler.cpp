#include "assembler.hpp"

#include <atomic>
#include <utility>

namespace postrider::mime::merge {
namespace {

// Rows usually have about so many octets of their own.
constexpr std::size_t usual_own_octets = 1024;

}  // namespace

row_memory& emptied(std::shared_ptr<row_memory>& memory) {
    if (memory.use_count() == 1) {
        std::atomic_thread_fence(std::memory_order_acquire);  // who let go of them last may be another thread
        memory->own.clear();
        memory->message_id.clear();
    } else {
        memory = std::make_shared<row_memory>();
        memory->own.reserve(usual_own_octets);
    }
    return *memory;
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

std::vector<wire::piece> assembler::take() {
    end_own();
    std::size_t begin = 0;
    auto end = own_ends_.begin();
    for (auto& piece : pieces_) {
        auto* const own_piece = std::get_if<wire::shared_piece>(&piece);
        if (!own_piece || own_piece->octets.data()) continue;
        own_piece->octets = std::string_view(own()).substr(begin, *end - begin);
        begin = *end++;
    }
    return std::move(pieces_);
}

}  // namespace postrider::mime::merge
