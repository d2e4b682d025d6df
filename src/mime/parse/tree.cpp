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

tree_line describe(parsed_part const& part) {
    whole_part whole = read_whole(part);
    tree_line told;
    told.content_type = terminal_safe(part.content_type());
    if (auto const name = part.filename())
        told.name = terminal_safe('"' + *name + '"');
    else if (auto const id = part.content_id())
        told.name = terminal_safe("cid:" + *id);
    if (whole.text) told.charset = terminal_safe(part.charset().value_or("us-ascii"));
    if (whole.content) told.size = readable_size(whole.content->octets().size());
    told.defects = std::move(whole.defects);
    return told;
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

std::vector<tree_line> tree_lines(parsed_message const& message) {
    std::vector<bool> const later = find_later_siblings(message);
    std::vector<bool> open;  // for each depth above the part's: whether its line goes on below
    std::vector<tree_line> lines;
    lines.reserve(message.part_count());
    for (std::size_t i = 0; i < message.part_count(); ++i) {
        parsed_part const part = message.part(i);
        std::string branches;
        open.resize(part.depth());
        for (std::size_t depth = 1; depth < part.depth(); ++depth) branches += open[depth] ? "│  " : "   ";
        if (part.depth() > 0) branches += later[i] ? "├─ " : "└─ ";
        open.push_back(later[i]);
        lines.push_back(describe(part));
        lines.back().branches = std::move(branches);
    }
    return lines;
}

std::string to_tree(parsed_message const& message) {
    std::string tree;
    for (tree_line const& line : tree_lines(message)) {
        tree += line.branches + line.content_type;
        for (auto const* piece : {&line.name, &line.charset, &line.size})
            if (!piece->empty()) tree += "  " + *piece;
        for (std::size_t i = 0; i < line.defects.size(); ++i) {
            tree += i == 0 ? "  ! " : ", ";
            tree += to_string(line.defects[i].kind);
        }
        tree += '\n';
    }
    return tree;
}

}  // namespace postrider::mime
