#include <postrider/mime/flowed.hpp>

#include "text_lines.hpp"

namespace postrider::mime {

std::vector<flowed_paragraph> read_flowed(std::string_view text, bool delsp) {
    std::vector<flowed_paragraph> paragraphs;
    bool open = false;
    while (!text.empty()) {
        auto line = take_line(text);
        auto const depth = std::min(line.find_first_not_of('>'), line.size());
        line.remove_prefix(depth);
        if (line.starts_with(' ')) line.remove_prefix(1);
        bool const signature = line == signature_mark;
        if (signature || !open || paragraphs.back().quote_depth != depth) paragraphs.push_back({depth, {}});
        open = line.ends_with(' ') && !signature;
        if (open && delsp) line.remove_suffix(1);
        paragraphs.back().text += line;
    }
    return paragraphs;
}

std::string from_flowed(std::string_view text, bool delsp) {
    std::string out;
    out.reserve(text.size());
    for (auto const& [depth, line] : read_flowed(text, delsp)) {
        out.append(depth, '>');
        if (depth > 0 && !line.empty()) out += ' ';
        out += line == signature_mark ? std::string_view(line) : without_blanks_behind(line);
        out += '\n';
    }
    return out;
}

}  // namespace postrider::mime
