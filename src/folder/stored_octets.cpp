#include "stored_octets.hpp"

namespace postrider::folder {

void line_end_filter::put(std::string_view piece, std::string& out) {
    if (wanted_ == line_ends::as_they_are) {
        out += piece;
        return;
    }
    if (held_cr_ && !piece.empty() && piece.front() != '\n') out += '\r';
    held_cr_ = held_cr_ && piece.empty();
    while (!piece.empty()) {
        auto const cr = piece.find('\r');
        out += piece.substr(0, cr);
        if (cr == piece.npos) return;
        held_cr_ = cr + 1 == piece.size();
        if (!held_cr_ && piece[cr + 1] != '\n') out += '\r';
        piece.remove_prefix(cr + 1);
    }
}

void line_end_filter::finish(std::string& out) {
    if (held_cr_) out += '\r';
    held_cr_ = false;
}

}  // namespace postrider::folder
