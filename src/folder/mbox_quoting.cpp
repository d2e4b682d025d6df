#include <postrider/folder/mbox.hpp>

#include "from_line.hpp"
#include "stored_octets.hpp"

namespace postrider::folder {
namespace {

/// Where the ">" stands that quotes a line, at or behind `at`; npos when no line is quoted.
std::size_t find_quoted(std::string_view octets, std::size_t at) noexcept {
    for (auto word = octets.find(">From ", at); word != octets.npos; word = octets.find(">From ", word + 1)) {
        std::size_t begin = word;
        while (begin > at && octets[begin - 1] == '>') --begin;
        if (begin == 0 || octets[begin - 1] == '\n') return begin;
    }
    return octets.npos;
}

}  // namespace

unquoted_octets unquote_from_lines(std::string_view octets) {
    std::size_t quote = find_quoted(octets, 0);
    if (quote == octets.npos) return unquoted_octets(octets);
    std::string unquoted;
    unquoted.reserve(octets.size());
    std::size_t done = 0;
    for (; quote != octets.npos; quote = find_quoted(octets, done)) {
        unquoted += octets.substr(done, quote - done);
        done = octets.find(from_word, quote);  // the line's other ">" go along with what follows
        unquoted += octets.substr(quote + 1, done - quote - 1);
    }
    return unquoted_octets(std::move(unquoted += octets.substr(done)));
}

std::string quote_from_lines(std::string_view octets) {
    std::string quoted;
    quoted.reserve(octets.size() + 1);
    from_line_quoter quoter;
    quoter.put(octets, quoted);
    quoter.finish(quoted);
    return quoted;
}

}  // namespace postrider::folder
