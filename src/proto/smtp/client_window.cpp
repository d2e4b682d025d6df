#include "client_window.hpp"

#include <postrider/core/limits.hpp>

namespace postrider::smtp::client_side {

bool on_its_way::is_eager() const noexcept {
    return message->content().size() <= limits::eager_octets && opening.octets() <= limits::flight_octets;
}

bool window::has_room_for(on_its_way const& next, std::size_t messages_ahead) const noexcept {
    if (messages_.empty()) return true;
    auto unanswered = next.opening.octets();
    for (auto const& one : messages_) unanswered += one.opening.octets();
    return messages_.size() < messages_ahead && unanswered <= limits::flight_octets && next.is_eager() &&
           messages_.back().is_eager();
}

std::vector<std::string_view> window::ready() const {
    std::vector<std::string_view> pieces;
    for (auto const& one : messages_) {
        if (!one.is_ready) continue;
        pieces.push_back(one.lines);
        auto const chunk = one.content.pieces();
        pieces.insert(pieces.end(), chunk.begin(), chunk.end());
    }
    return pieces;
}

bool window::has_room_to_wait() const noexcept {
    std::uint64_t octets = 0;
    for (auto const& one : messages_)
        if (one.is_ready) octets += one.content.octets();
    return octets < limits::file_chunk_octets;
}

void window::written(bool all) {
    for (auto& one : messages_) {
        if (!one.is_ready) continue;
        one.is_ready = false;
        one.lines.clear();
        if (!all && &one == &messages_.back()) return;
        ++one.chunks;
        one.whole = one.content.is_whole();
    }
}

}  // namespace postrider::smtp::client_side
