#include "inert_html.hpp"

#include <algorithm>
#include <array>
#include <postrider/core/ascii.hpp>

namespace postrider::devserver {
namespace {

constexpr std::array<std::string_view, 7> framing = {"iframe",      "frame",  "object", "embed",
                                                     "fencedframe", "portal", "applet"};

/// The letters at the front: all of a tag's name, if that is one of ours.
std::string_view name_at(std::string_view text) {
    auto end = std::find_if_not(text.begin(), text.end(), ascii::is_alnum);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

bool is_framing(std::string_view name) {
    return std::find(framing.begin(), framing.end(), ascii::lower(name)) != framing.end();
}

}  // namespace

std::string without_frames_and_links(std::string_view html) {
    std::string out;
    out.reserve(html.size());
    for (std::size_t bracket; (bracket = html.find('<')) != std::string_view::npos;) {
        auto const slash = html.substr(bracket + 1, 1) == "/" ? 1U : 0U;
        out.append(html.substr(0, bracket + 1 + slash));
        html.remove_prefix(bracket + 1 + slash);
        auto name = name_at(html);
        if (is_framing(name)) out += "mail-";  // what was within it shows instead
        if (ascii::lower(name) == "link") {
            out += "meta";  // empty as a link is, and allowed in the same places
            html.remove_prefix(name.size());
        }
    }
    return out.append(html);
}

}  // namespace postrider::devserver
