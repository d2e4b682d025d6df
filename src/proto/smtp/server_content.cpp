#include "server_content.hpp"

#include <algorithm>
#include <postrider/proto/smtp/server_engine.hpp>

namespace postrider::smtp::server_side {

void bare_line_end_finder::look_at(std::string_view octets) noexcept {
    while (!octets.empty() && !found_) {
        if (after_cr_) {
            found_ = octets.front() != '\n';
            after_cr_ = false;
            octets.remove_prefix(1);
            continue;
        }
        auto const lf = octets.find('\n');
        auto const cr = octets.substr(0, lf).find('\r');
        if (cr == octets.npos) {
            found_ = lf != octets.npos;
            return;
        }
        after_cr_ = true;
        octets.remove_prefix(cr + 1);
    }
}

void content_receiver::take(std::string_view octets, std::uint64_t limit, server_handler& handler) {
    auto const fitting = limit == 0 ? octets : octets.substr(0, limit - std::min(octets_, limit));
    octets_ += octets.size();
    too_big_ = too_big_ || fitting.size() != octets.size();
    if (!failed_ && !fitting.empty()) failed_ = static_cast<bool>(handler.content(fitting));
}

bool content_receiver::take_stuffed(std::string_view& input, std::uint64_t limit, server_handler& handler) {
    pieces_.clear();
    bool const ended = unstuffer_.unstuff(input, pieces_);
    for (auto const piece : pieces_) take(piece, limit, handler);
    return ended;
}

void content_receiver::take_chunk(std::string_view octets, std::uint64_t limit, server_handler& handler) {
    bare_.look_at(octets);
    take(octets, limit, handler);
}

std::optional<reply> content_receiver::fault(bool strict_line_ends, bool ended) const {
    if (too_big_) return reply_of(552, enhanced_code{5, 3, 4}, "the message is larger than this server takes");
    if (failed_) return reply_of(451, enhanced_code{4, 3, 0}, "the message could not be kept; try again later");
    if (strict_line_ends && (unstuffer_.saw_bare_cr_or_lf() || bare_.found(ended)))
        return reply_of(550, enhanced_code{5, 5, 2}, "the message has a CR or an LF that stands alone");
    return {};
}

}  // namespace postrider::smtp::server_side
