#include "server_input.hpp"

#include <algorithm>
#include <postrider/core/limits.hpp>
#include <utility>

namespace postrider::smtp::server_side {
namespace {

constexpr std::size_t quiet_octets = 4 * 1024;     // thousands of idle sessions are to cost little
constexpr std::size_t content_octets = 16 * 1024;  // most messages come in one read
// Room for large content to move fast, and for the longest line several times over.
constexpr std::size_t most_octets = 64 * 1024;
constexpr std::size_t growth = 4;
static_assert(most_octets > 2 * limits::auth_line_octets);

}  // namespace

std::span<char> input_buffer::room(kind expected) {
    auto const kept = octets();
    if (auto const wanted = wanted_room(expected); wanted != size_) {
        auto other = std::make_unique_for_overwrite<char[]>(wanted);
        std::copy(kept.begin(), kept.end(), other.get());
        storage_ = std::move(other);
        size_ = wanted;
    } else {
        std::copy(kept.begin(), kept.end(), storage_.get());
    }
    end_ -= begin_;
    begin_ = 0;
    return {storage_.get() + end_, size_ - end_};
}

/// More where content comes, the last read took all there was, or a line has not found its end yet; less where a peer
/// that sent much has grown quiet.
std::size_t input_buffer::wanted_room(kind expected) const noexcept {
    auto const least = expected == kind::content ? content_octets : quiet_octets;
    bool const was_full = size_ != 0 && end_ == size_;
    if (was_full) return std::max(least, std::min(size_ * growth, most_octets));
    bool const is_quiet = empty() && last_came_ < quiet_octets / growth;
    return is_quiet ? least : std::max(least, size_);
}

input_buffer::outcome input_buffer::next_line(std::string_view& line, std::size_t limit) {
    if (skipping_ != skipping::nothing)
        if (auto const met = skip(); met != outcome::line) return met;
    auto const seen = octets().substr(0, limit);
    auto const lf = seen.find('\n');
    if (lf == seen.npos) {
        if (seen.size() < limit) return outcome::more;
        return begin_skipping(skipping::long_line, seen.size(), outcome::too_long);
    }
    bool const crlf = lf > 0 && seen[lf - 1] == '\r';
    if (!crlf && !lf_ends_line_) return begin_skipping(skipping::after_bare_lf, lf + 1, outcome::bare_lf);
    line = seen.substr(0, crlf ? lf - 1 : lf);
    consume(lf + 1);
    return outcome::line;
}

input_buffer::outcome input_buffer::begin_skipping(skipping what, std::size_t taken, outcome why) {
    after_cr_ = octets()[taken - 1] == '\r';
    consume(taken);
    skipping_ = what;
    skipped_ = taken;
    return why;
}

/// Goes on to the end of the line that was refused: `line` when it is passed, else what stands in the way.
input_buffer::outcome input_buffer::skip() {
    while (!empty()) {
        auto const rest = octets();
        auto const lf = rest.find('\n');
        auto const taken = lf == rest.npos ? rest.size() : lf + 1;
        bool const crlf = lf != rest.npos && (lf > 0 ? rest[lf - 1] == '\r' : after_cr_);
        after_cr_ = rest[taken - 1] == '\r';
        skipped_ += taken;
        consume(taken);
        if (skipped_ > limits::skipped_octets) return outcome::flood;
        if (lf == rest.npos) break;
        if (crlf || lf_ends_line_) {
            skipping_ = skipping::nothing;
            return outcome::line;
        }
        // Somebody types at us by hand: each line is answered, and none is run.
        if (skipping_ == skipping::after_bare_lf) return outcome::bare_lf;
    }
    return outcome::more;
}

}  // namespace postrider::smtp::server_side
