#include "server_content.hpp"

#include <algorithm>
#include <postrider/core/limits.hpp>
#include <utility>

namespace postrider::pop3::server_side {

void content_writer::begin(std::string octets) {
    octets_ = std::move(octets);
    at_ = 0;
    ended_ = false;
}

void content_writer::next(std::vector<std::string_view>& out) {
    if (ended_) octets_.reset();
    if (!octets_) return;
    auto const piece = std::string_view(*octets_).substr(at_, limits::file_chunk_octets);
    at_ += piece.size();
    stuffer_.stuff(piece, out);
    if (at_ < octets_->size()) return;
    stuffer_.finish(out);
    ended_ = true;
}

std::string_view top_of(std::string_view octets, std::uint64_t body_lines) noexcept {
    std::size_t at = 0;
    bool in_header = true;
    while (at < octets.size() && (in_header || body_lines > 0)) {
        auto const lf = std::min(octets.find('\n', at), octets.size() - 1);
        auto const line = octets.substr(at, lf - at);
        at = lf + 1;
        if (!in_header) --body_lines;
        in_header = in_header && !line.empty() && line != "\r";
    }
    return octets.substr(0, at);
}

}  // namespace postrider::pop3::server_side
