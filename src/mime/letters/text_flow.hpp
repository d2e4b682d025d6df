#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::mime {

/// Writes running text as lines for people: blanks collapse, lines end at a width, quotes and items are marked in
/// front. What the text itself has is always written; what is added to it (marks, ends of lines between ideographs) only
/// while everything stays within a limit, whatever is still to come.
class text_flow {
public:
    /// `limit`   octets in all, at least as many as the text will have.
    /// `width`   columns; 0: a line ends only where it is told to.
    text_flow(std::size_t limit, std::size_t width) noexcept : limit_(limit), width_(width) {}

    /// How much of the text is still to come: it has the first right to the room.
    void set_to_come(std::size_t octets) noexcept { to_come_ = octets; }

    void text(std::string_view utf8);      ///< blanks collapse
    void verbatim(std::string_view utf8);  ///< line by line, as it is
    void unbroken(std::string_view utf8);  ///< part of the word before it, blanks and all
    void mark(std::string_view utf8);      ///< the same for what is added: it may be left out
    void gap(std::size_t blanks);          ///< between what stands beside each other
    void rule();                           ///< a line across
    void line_break();                     ///< one more; a second one leaves a blank line
    void separate(std::size_t line_ends);  ///< what follows begins that many line ends further on, at least

    /// Every line from here to the matching pop begins with `rest`, the first of them with `first`.
    void push(std::string_view first, std::string_view rest);
    void pop();

    bool in_line() const noexcept { return line_open_ || !word_.empty(); }

    /// The whole text, its last line ended.
    std::string finish();

private:
    struct level {
        std::size_t prefix, first;
        bool marked;
    };

    void put(std::string_view character, char32_t number);
    void end_word();
    void end_line() noexcept;
    void begin_line();
    void write_line_ends();
    bool affords(std::size_t octets) const noexcept;
    bool fits(std::size_t columns) const noexcept;

    std::string out_;
    std::size_t limit_, width_;
    std::size_t to_come_ = 0;
    std::size_t in_hand_ = 0;  // of the text being written

    std::string word_;  // not yet written: it may have to begin a line
    std::size_t word_width_ = 0;
    char32_t last_ = 0;       // character of the word
    std::size_t blanks_ = 0;  // in front of the word

    std::size_t column_ = 0;
    bool line_open_ = false;     // something stands on the line already
    std::size_t line_ends_ = 0;  // to write before the next line
    std::size_t common_ = 0;     // octets of the prefix that the lines before and behind share

    std::string prefix_;  // of every line
    std::string first_;   // of the next one, if it is marked
    bool marked_ = false;
    std::vector<level> levels_;
};

}  // namespace postrider::mime
