#include <postrider/codec/charset.hpp>
#include <postrider/mime/flowed.hpp>

#include "../parse/visible.hpp"
#include "characters_of_utf8.hpp"
#include "display_width.hpp"
#include "text_lines.hpp"

namespace postrider::mime {
namespace {

// ">> text", "> > text": as deep as there are marks before the text.
std::size_t take_quote_marks(std::string_view& line) noexcept {
    std::size_t depth = 0;
    while (line.starts_with('>')) {
        ++depth;
        line.remove_prefix(1);
        if (line.starts_with(" >")) line.remove_prefix(1);
    }
    if (depth > 0 && line.starts_with(' ')) line.remove_prefix(1);
    return depth;
}

// A line that may end behind this would be taken for the mark of a signature.
bool looks_like_signature(std::string_view line) noexcept {
    return line == "--" || line == signature_mark;
}

/// Writes one paragraph.
class flowed_writer {
public:
    flowed_writer(std::string& out, std::size_t depth, flowed_options const& options)
        : out_(out), depth_(depth), options_(options) {}

    void write(std::string_view text) {
        begin_line(text);
        bool const wraps = depth_ < options_.width / 2;  // else there is no room for words
        while (wraps) {
            auto const [octets, blank] = fitting(text);
            if (octets == text.size()) break;
            out_ += text.substr(0, octets);
            if (options_.delsp || !blank) out_ += ' ';
            out_ += "\r\n";
            text.remove_prefix(octets);
            begin_line(text);
        }
        out_ += text;
        out_ += "\r\n";
    }

private:
    struct piece {
        std::size_t octets;
        bool blank;  // at its end
    };

    // Space-stuffing: RFC 3676 §4.4. Behind quote marks there is always a blank.
    void begin_line(std::string_view text) {
        out_.append(depth_, '>');
        bool const mistakable = text.starts_with(' ') || text.starts_with('>') || text.starts_with("From ");
        if ((depth_ > 0 && !text.empty()) || mistakable) out_ += ' ';
    }

    // How much of `text` goes on a line: up to the last place to break that fits, or the first if none does.
    piece fitting(std::string_view text) const noexcept {
        auto const room = options_.width - depth_ - (depth_ > 0) - (options_.delsp ? 2 : 1);
        piece best{text.size(), false};
        std::size_t column = 0;
        char32_t before = 0;
        for (std::size_t at = 0; at < text.size();) {
            auto const [number, octets] = first_character(text.substr(at));
            bool const behind_blank = before == ' ' && number != ' ';
            bool const between = options_.delsp && at > 0 && before != ' ' && may_break_between(before, number);
            if ((behind_blank || between) && !looks_like_signature(text.substr(0, at))) {
                if (column > room && best.octets < text.size()) return best;
                best = {at, behind_blank};
                if (column > room) return best;
            }
            if (number != ' ' || before != ' ') column += display_width(number);
            before = number;
            at += octets;
        }
        return column > room + 1 ? best : piece{text.size(), false};
    }

    std::string& out_;
    std::size_t depth_;
    flowed_options const& options_;
};

}  // namespace

std::string to_flowed(std::string_view text, flowed_options const& options) {
    auto const utf8 = to_utf8(text);
    std::string out;
    out.reserve(utf8.size() + utf8.size() / 16);
    for (std::string_view rest = utf8; !rest.empty();) {
        auto line = take_line(rest);
        auto const depth = take_quote_marks(line);
        if (line != signature_mark) line = without_blanks_behind(line);
        flowed_writer(out, depth, options).write(line);
    }
    return out;
}

}  // namespace postrider::mime
