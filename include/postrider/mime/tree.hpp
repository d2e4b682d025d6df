#pragma once
#include <postrider/mime/parse.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mime {

/// A message's structure for people, a line for each part, each ended by LF:
///
///     multipart/mixed
///     ├─ multipart/alternative
///     │  ├─ text/plain  utf-8  1.2 KiB
///     │  └─ text/html  utf-8  3.4 KiB
///     └─ application/pdf  "report.pdf"  180 KiB
///
/// type, file name or cid, charset, size of the decoded content (one part is decoded at a time), names of defects. Safe
/// on a terminal, as terminal_safe makes it.
std::string to_tree(parsed_message const&);

/// One line of it, in pieces, for those who show them in their own way. All are safe on a terminal; what a part does
/// not have is empty.
struct tree_line {
    std::string branches;  ///< "│  ├─ "
    std::string content_type;
    std::string name;  ///< "\"report.pdf\"", "cid:image1"
    std::string charset;
    std::string size;  ///< "1.2 KiB"
    std::vector<defect> defects;
};

/// The line of each part, in the order of their indices.
std::vector<tree_line> tree_lines(parsed_message const&);

/// UTF-8 with its controls and line separators as escapes ("\x0d", "\u2028"), and without the characters that turn the
/// direction of writing: what a stranger wrote, in one line of a terminal.
std::string terminal_safe(std::string_view text);

}  // namespace postrider::mime
