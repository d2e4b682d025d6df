#include "rope.hpp"

#include <utility>

#include "line_ends.hpp"

namespace postrider::mime {

void rope::append(wire::piece fresh) {
    flush();
    wire_.append(std::move(fresh));
    piece_ends_line_ = true;  // pieces of their own are base64 lines
}

void rope::verbatim(raw_octets const& parsed) {
    if (parsed.octets.empty()) return;
    bool const adjoins = text_.empty() && !pending_.octets.empty() &&
                         pending_.octets.data() + pending_.octets.size() == parsed.octets.data();
    if (adjoins) {
        pending_.octets = {pending_.octets.data(), pending_.octets.size() + parsed.octets.size()};
    } else {
        flush();
        pending_ = parsed;
    }
}

void rope::settle() {
    auto const parsed = std::exchange(pending_, {});
    if (parsed.octets.empty()) return;
    piece_ends_line_ = parsed.octets.ends_with('\n');
    if (keeps_line_ends_) {
        verbatim_.push_back(wire_.pieces().size());
        wire_.append(wire::shared_piece{parsed.owner, parsed.octets});
    } else if (missing_line_end_octets(parsed.octets) == 0) {
        wire_.append(wire::shared_piece{parsed.owner, parsed.octets});
    } else {
        wire_.append(with_crlf(std::string(parsed.octets)));
    }
}

void rope::flush() {
    settle();
    if (text_.empty()) return;
    piece_ends_line_ = text_.ends_with('\n');
    wire_.append(std::exchange(text_, {}));
}

bool rope::begins_line() const noexcept {
    if (!text_.empty()) return text_.ends_with('\n');
    return pending_.octets.empty() ? piece_ends_line_ : pending_.octets.ends_with('\n');
}

void rope::end_line() {
    if (!begins_line()) text_ += "\r\n";
}

}  // namespace postrider::mime
