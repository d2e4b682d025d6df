#include "stored_octets.hpp"

#include <postrider/core/limits.hpp>
#include <vector>

#include "from_line.hpp"

namespace postrider::folder {

void line_end_filter::put(std::string_view piece, std::string& out) {
    if (wanted_ == line_ends::as_they_are) {
        out += piece;
        return;
    }
    if (held_cr_ && !piece.empty() && piece.front() != '\n') out += '\r';
    held_cr_ = held_cr_ && piece.empty();
    while (!piece.empty()) {
        auto const cr = piece.find('\r');
        out += piece.substr(0, cr);
        if (cr == piece.npos) return;
        held_cr_ = cr + 1 == piece.size();
        if (!held_cr_ && piece[cr + 1] != '\n') out += '\r';
        piece.remove_prefix(cr + 1);
    }
}

void line_end_filter::finish(std::string& out) {
    if (held_cr_) out += '\r';
    held_cr_ = false;
}

void from_line_quoter::put(std::string_view piece, std::string& out) {
    while (!piece.empty()) in_beginning_ ? put_beginning(piece, out) : put_rest(piece, out);
}

void from_line_quoter::put_beginning(std::string_view& piece, std::string& out) {
    is_empty_ = false;
    for (; !piece.empty() && in_beginning_; piece.remove_prefix(1)) {
        bool const is_mark = matched_ == 0 && piece.front() == '>';
        if (is_mark) {
            out += '>';
        } else if (piece.front() != from_word[matched_]) {
            out += from_word.substr(0, std::exchange(matched_, 0));
            in_beginning_ = false;
            return;
        } else if (++matched_ == from_word.size()) {
            (out += '>') += from_word;
            matched_ = 0;
            in_beginning_ = false;
        }
    }
}

void from_line_quoter::put_rest(std::string_view& piece, std::string& out) {
    auto const feed = piece.find('\n');
    in_beginning_ = is_empty_ = feed != piece.npos;
    auto const rest = piece.substr(0, in_beginning_ ? feed + 1 : feed);
    out += rest;
    piece.remove_prefix(rest.size());
}

void from_line_quoter::finish(std::string& out) {
    out += from_word.substr(0, matched_);
    if (!is_empty_) out += '\n';
    *this = {};
}

result<void> copy_octets(octet_reader& octets, line_ends wanted, from_lines lines, open_file& into) {
    line_end_filter filter(wanted);
    from_line_quoter quoter;
    std::vector<std::string_view> pieces;
    std::string filtered, quoted;
    for (bool ended = false; !ended;) {
        if (auto const failed = octets.next(pieces, limits::file_chunk_octets)) return failure{failed, into.path()};
        ended = pieces.empty();
        filtered.clear();
        quoted.clear();
        for (auto piece : pieces) filter.put(piece, filtered);
        if (ended) filter.finish(filtered);
        if (lines == from_lines::quoted) {
            quoter.put(filtered, quoted);
            if (ended) quoter.finish(quoted);
            std::swap(filtered, quoted);
        }
        if (auto written = into.write(filtered); !written) return written;
    }
    return {};
}

}  // namespace postrider::folder
