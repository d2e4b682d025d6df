#include <algorithm>
#include <postrider/proto/smtp/reply.hpp>
#include <utility>

namespace postrider::smtp {
namespace {

constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// The code at the front of a line, or -1. A fourth column other than SP, "-" and the end of the line, and a NUL or
/// bare CR anywhere, make it no reply line either: "2500 ok" is garbage, and taking it for 250 would be guessing.
int code_of(std::string_view line) noexcept {
    if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, is_digit)) return -1;
    if (line.size() > 3 && line[3] != ' ' && line[3] != '-') return -1;
    if (line.find('\0') != line.npos || line.find('\r') != line.npos) return -1;
    return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

/// What stands behind the code, without the white space around it.
std::string text_of(std::string_view line) {
    line.remove_prefix(std::min<std::size_t>(line.size(), 4));
    auto first = line.find_first_not_of(" \t");
    if (first == line.npos) return {};
    std::string text(line.substr(first, line.find_last_not_of(" \t") - first + 1));
    std::replace(text.begin(), text.end(), '\r', ' ');
    return text;
}

/// Of the lines' enhanced codes the first that agrees with the reply code: one that does not is not to be trusted.
std::optional<enhanced_code> enhanced_code_of(reply const& r) noexcept {
    for (auto const& line : r.lines)
        if (auto found = parse_enhanced_code(line); found && found->class_digit == r.code / 100) return found;
    return {};
}

}  // namespace

reply_reader::state reply_reader::consume(std::string_view& input) {
    while (!input.empty()) {
        auto end = input.find('\n');
        auto piece = input.substr(0, end == input.npos ? end : end + 1);
        if (line_.size() + piece.size() > limits::reply_line_octets) return state::line_too_long;
        if (total_ + piece.size() > limits::reply_total_octets) return state::reply_too_long;
        input.remove_prefix(piece.size());
        total_ += piece.size();
        bool const in_one_piece = line_.empty() && end != input.npos;
        if (!in_one_piece) line_ += piece;
        if (end != input.npos && end_line(in_one_piece ? piece : line_)) return state::done;
    }
    return state::more;
}

/// Takes the line that has just come to its end; returns whether the reply has, too.
bool reply_reader::end_line(std::string_view line) {
    line.remove_suffix(1);
    while (line.ends_with('\r')) line.remove_suffix(1);
    reply_.code = code_of(line);
    reply_.lines.push_back(text_of(line));
    bool const goes_on = reply_.code >= 0 && line.size() > 3 && line[3] == '-';
    line_.clear();
    return !goes_on;
}

reply reply_reader::take() {
    total_ = 0;
    reply_.enhanced = enhanced_code_of(reply_);
    return std::exchange(reply_, {});
}

}  // namespace postrider::smtp
