#include <algorithm>
#include <postrider/core/limits.hpp>

#include "letter.hpp"
#include "words.hpp"

/// Lengths of lines.                                                                               RFC 5322 §2.1.1
namespace postrider::lint {
namespace {

constexpr std::size_t line_to_show = 78;

struct long_lines {
    std::vector<place> places;
    std::size_t longest = 0;

    void add(std::size_t octets, std::size_t offset) {
        places.push_back({{}, {}, {}, offset});
        longest = std::max(longest, octets);
    }
};

void tell(check_id id, long_lines const& lines, findings& found) {
    found.made(id);
    for (auto const& where : lines.places) found.fault(id, {{"octets", lines.longest}}, where);
}

/// A line is too long only where it could have been folded: a long word, as a signature's or a URL, cannot, nor does it
/// help to leave the field's name alone.
bool can_be_folded(std::string_view line) {
    bool const begins_field = !line.starts_with(' ') && !line.starts_with('\t');
    auto const text = begins_field ? line.find(':') + 1 : 0;
    auto const first = line.find_first_not_of(" \t", text);
    auto const blank = line.find_first_of(" \t", std::min(first, line.size()));
    return blank != line.npos && blank <= line_to_show;
}

template <class Line>
void for_each_line(std::string_view octets, std::size_t begin, std::size_t end, Line const& line) {
    while (begin < end) {
        auto const stop = std::min(octets.find('\n', begin), end);
        auto const text_end = stop > begin && octets[stop - 1] == '\r' ? stop - 1 : stop;
        line(octets.substr(begin, text_end - begin), begin);
        begin = stop + 1;
    }
}

}  // namespace

void check_lines(letter const& mail, findings& found) {
    auto const octets = mail.given.octets;
    auto const header = mail.root.header_range(), body = mail.root.body_range();
    long_lines to_fold, beyond, in_body;
    for_each_line(octets, header.begin, header.end, [&](std::string_view line, std::size_t offset) {
        if (line.size() > limits::line_octets)
            beyond.add(line.size(), offset);
        else if (characters(line) > line_to_show && can_be_folded(line))
            to_fold.add(line.size(), offset);
    });
    for_each_line(octets, body.begin, body.end, [&](std::string_view line, std::size_t offset) {
        if (line.size() > limits::line_octets) in_body.add(line.size(), offset);
    });
    tell("header-line-length", to_fold, found);
    tell("header-line-limit", beyond, found);
    tell("body-line-limit", in_body, found);
}

}  // namespace postrider::lint
