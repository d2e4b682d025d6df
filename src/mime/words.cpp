#include "words.hpp"

#include <algorithm>
#include <postrider/codec/charset.hpp>
#include <postrider/core/limits.hpp>

#include "characters.hpp"

namespace postrider::mime {
namespace {

// More blanks than this leave no room for a word on their line.
constexpr std::size_t longest_blanks = 40;
constexpr std::size_t longest_word = limits::line_octets - longest_blanks - 80;

std::size_t count_blanks(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_blank) - text.begin());
}

std::size_t count_visible(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_blank) - text.begin());
}

}  // namespace

bool is_plain_text(std::string_view body, bool utf8) noexcept {
    if (body.empty()) return true;
    return !is_blank(body.front()) && !is_blank(body.back()) && (utf8 || codec::is_ascii(body)) &&
           body.find("=?") == body.npos;
}

word_splitter::word_splitter(std::string_view body, bool utf8) noexcept : utf8_(utf8), rest_(body) {
    look_ahead();
}

// Finds the next word behind its blanks. Blanks at the beginning, at the end, and in long runs join the word.
void word_splitter::look_ahead() noexcept {
    blanks_ = beginning_ ? 0 : count_blanks(rest_);
    bool stray = blanks_ > longest_blanks || blanks_ == rest_.size();
    if (stray) blanks_ = 0;
    word_ = 0;
    for (auto text = rest_.substr(blanks_); word_ < text.size();) {
        auto blanks = count_blanks(text.substr(word_));
        bool joins = blanks > longest_blanks || word_ + blanks == text.size() || (word_ == 0 && blanks > 0);
        if (blanks > 0 && !joins) break;
        stray |= blanks > 0;
        word_ += blanks;
        word_ += count_visible(text.substr(word_));
    }
    auto word = rest_.substr(blanks_, word_);
    plain_ = !stray && word.size() <= longest_word && (utf8_ || codec::is_ascii(word)) && word.find("=?") == word.npos;
    beginning_ = false;
}

std::string_view word_splitter::take_blanks() noexcept {
    auto blanks = rest_.substr(0, blanks_);
    rest_.remove_prefix(blanks_);
    blanks_ = 0;
    return blanks;
}

std::string_view word_splitter::take_word() noexcept {
    auto word = rest_.substr(0, word_);
    rest_.remove_prefix(word_);
    look_ahead();
    return word;
}

std::string_view word_splitter::take_words_to_encode() noexcept {
    auto whole = rest_;
    std::size_t taken = 0;
    do {
        taken += blanks_ + word_;
        rest_.remove_prefix(blanks_ + word_);
        if (!rest_.empty()) look_ahead();
    } while (!rest_.empty() && !plain_);
    return whole.substr(0, taken);
}

}  // namespace postrider::mime
