#include <postrider/mime/tree.hpp>

#include <array>
#include <cstdio>

#include "reading.hpp"
#include "visible.hpp"

namespace postrider::mime {
namespace {

/// "512 B", "1.2 KiB", "34 MiB": two significant digits where one would lie.
std::string readable_size(std::size_t octets) {
    constexpr std::array<char const*, 4> units = {"KiB", "MiB", "GiB", "TiB"};
    if (octets < 1024) return std::to_string(octets) + " B";
    double size = static_cast<double>(octets) / 1024;
    std::size_t unit = 0;
    for (; size >= 1024 && unit + 1 < units.size(); ++unit) size /= 1024;
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
    return text.data();
}

std::string describe(parsed_part const& part) {
    whole_part const whole = read_whole(part);
    std::string told = part.content_type();
    if (auto const name = part.filename())
        told += "  \"" + *name + '"';
    else if (auto const id = part.content_id())
        told += "  cid:" + *id;
    if (whole.text) told += "  " + part.charset().value_or("us-ascii");
    if (whole.content) told += "  " + readable_size(whole.content->octets().size());
    for (std::size_t i = 0; i < whole.defects.size(); ++i) {
        told += i == 0 ? "  ! " : ", ";
        told += to_string(whole.defects[i].kind);
    }
    return terminal_safe(told);
}

/// For each part, whether a sibling comes later.
std::vector<bool> find_later_siblings(parsed_message const& message) {
    std::vector<bool> later(message.part_count());
    std::vector<bool> seen_at_depth;
    for (std::size_t i = message.part_count(); i-- > 0;) {
        std::size_t const depth = message.part(i).depth();
        later[i] = depth < seen_at_depth.size() && seen_at_depth[depth];
        seen_at_depth.resize(depth + 1);
        seen_at_depth[depth] = true;
    }
    return later;
}

}  // namespace

std::string to_tree(parsed_message const& message) {
    std::vector<bool> const later = find_later_siblings(message);
    std::vector<bool> open;  // for each depth above the part's: whether its line goes on below
    std::string tree;
    for (std::size_t i = 0; i < message.part_count(); ++i) {
        parsed_part const part = message.part(i);
        open.resize(part.depth());
        for (std::size_t depth = 1; depth < part.depth(); ++depth) tree += open[depth] ? "│  " : "   ";
        if (part.depth() > 0) tree += later[i] ? "├─ " : "└─ ";
        open.push_back(later[i]);
        tree += describe(part) + '\n';
    }
    return tree;
}

}  // namespace postrider::mime
