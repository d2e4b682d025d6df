#include "server_input.hpp"

#include <algorithm>
#include <postrider/core/limits.hpp>

namespace postrider::smtp::server_side {
namespace {

// Room for large content to move fast, and for the longest line several times over.
constexpr std::size_t storage_octets = 64 * 1024;
static_assert(storage_octets > 2 * limits::auth_line_octets);

}  // namespace

std::span<char> input_buffer::room() {
    storage_.resize(storage_octets);
    std::copy(storage_.begin() + begin_, storage_.begin() + end_, storage_.begin());
    end_ -= begin_;
    begin_ = 0;
    return std::span(storage_).subspan(end_);
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
