#include "tokens.hpp"

#include <algorithm>
#include <charconv>
#include <postrider/core/ascii.hpp>

#include "../characters.hpp"
#include "../parse/comments.hpp"

namespace postrider::mime {
namespace {

/// What a comment (parentheses included) says.
std::string_view inside(std::string_view comment) noexcept {
    comment.remove_prefix(1);
    if (comment.ends_with(')')) comment.remove_suffix(1);
    return comment;
}

}  // namespace

bool token_reader::take(char c) noexcept {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
}

void token_reader::skip_cfws() {
    while (!at_end() && (is_blank(text_[at_]) || text_[at_] == '(')) {
        if (text_[at_] != '(') {
            ++at_;
            continue;
        }
        std::size_t const end = end_of_comment(text_, at_);
        if (!comments_.empty()) comments_ += ' ';
        comments_ += inside(text_.substr(at_, end - at_));
        at_ = end;
    }
}

std::string token_reader::take_comments() {
    std::string taken;
    taken.swap(comments_);
    return taken;
}

std::string_view token_reader::take_word(std::string_view stops) noexcept {
    std::size_t const begin = at_;
    while (!at_end()) {
        char const c = text_[at_];
        if (is_blank(c) || c == '(' || stops.find(c) != stops.npos) break;
        at_ = c == '"' ? end_of_quoted_string(text_, at_) : at_ + 1;
    }
    return text_.substr(begin, at_ - begin);
}

std::string token_reader::take_value(std::string_view stops) {
    std::string_view const word = take_word(stops);
    bool const quoted = word.starts_with('"') && end_of_quoted_string(word, 0) == word.size();
    return quoted ? text_of_quoted_string(word) : std::string(word);
}

std::string_view token_reader::take_angle(bool& closed) noexcept {
    std::size_t const begin = at_ + 1;
    std::size_t const end = std::min(text_.find_first_of("<>", begin), text_.size());
    closed = end < text_.size() && text_[end] == '>';
    at_ = closed ? end + 1 : end;
    return text_.substr(begin, end - begin);
}

std::string_view token_reader::take_until(char stop) noexcept {
    std::size_t const begin = at_;
    while (!at_end() && text_[at_] != stop) {
        char const c = text_[at_];
        at_ = c == '"' ? end_of_quoted_string(text_, at_) : c == '(' ? end_of_comment(text_, at_) : at_ + 1;
    }
    return text_.substr(begin, at_ - begin);
}

int read_number(std::string_view digits) noexcept {
    int number = 0;
    if (digits.empty() || digits.size() > 9 || !std::all_of(digits.begin(), digits.end(), ascii::is_digit)) return -1;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

bool is_keyword(std::string_view text) noexcept {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_atext(c) && !ascii::is_8bit(c); });
}

}  // namespace postrider::mime
