#include "letter.hpp"

namespace postrider::lint {
namespace {

constexpr std::size_t gmail_clips_at = 102 * 1024;
constexpr std::size_t usual_octets = 25'000'000;

}  // namespace

void check_sizes(letter const& mail, findings& found) {
    for (auto const& one : mail.htmls)
        found.judge("html-clipping", one.html.size() <= gmail_clips_at, {{"octets", one.html.size()}},
                    in_part(one.part));
    found.judge("message-size", mail.given.octets.size() <= usual_octets, {{"octets", mail.given.octets.size()}});
}

}  // namespace postrider::lint
