#include "text_flow.hpp"

#include <algorithm>

#include "characters_of_utf8.hpp"
#include "display_width.hpp"

namespace postrider::mime {
namespace {

// However deep quotes and lists nest, this much is left for text.
constexpr std::size_t narrowest_text = 24;
constexpr std::size_t longest_prefix = 48;

constexpr std::size_t rule_width = 40;

bool is_shown(char32_t number) noexcept {
    if (number < 0x20 || (number >= 0x7F && number < 0xA0)) return false;
    // What mailers fill the preview of an inbox with: characters without width.
    return number != 0xAD && number != 0x34F && number != 0x200B && number != 0xFEFF;
}

std::string_view without_blanks_behind(std::string_view text) noexcept {
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

}  // namespace

bool text_flow::affords(std::size_t octets) const noexcept {
    return out_.size() + word_.size() + blanks_ + line_ends_ + in_hand_ + to_come_ + octets + 2 <= limit_;
}

bool text_flow::fits(std::size_t columns) const noexcept {
    auto const room = std::max(width_, prefix_.size() + narrowest_text);
    return width_ == 0 || column_ + columns <= room;
}

void text_flow::text(std::string_view utf8) {
    for (in_hand_ = utf8.size(); !utf8.empty(); in_hand_ = utf8.size()) {
        auto const [number, octets] = first_character(utf8);
        if (number == ' ' || (number >= '\t' && number <= '\r')) {
            end_word();
            if (line_open_) blanks_ = std::max<std::size_t>(blanks_, 1);
        } else if (number == 0xA0) {
            if (!word_.empty() && last_ != ' ') unbroken(" ");
        } else {
            put(utf8.substr(0, octets), number);
        }
        utf8.remove_prefix(octets);
    }
}

void text_flow::put(std::string_view character, char32_t number) {
    if (!is_shown(number)) return;
    if (!word_.empty() && may_break_between(last_, number)) end_word();
    word_ += character;
    word_width_ += display_width(number);
    last_ = number;
}

void text_flow::unbroken(std::string_view utf8) {
    for (; !utf8.empty(); utf8.remove_prefix(first_character(utf8).octets)) {
        auto const [number, octets] = first_character(utf8);
        if (!is_shown(number)) continue;
        word_ += utf8.substr(0, octets);
        word_width_ += display_width(number);
        last_ = number;
    }
}

void text_flow::mark(std::string_view utf8) {
    if (affords(utf8.size())) unbroken(utf8);
}

void text_flow::verbatim(std::string_view utf8) {
    for (in_hand_ = utf8.size(); !utf8.empty(); in_hand_ = utf8.size()) {
        auto const end = utf8.find_first_of("\r\n");
        for (auto line = utf8.substr(0, end); !line.empty(); line.remove_prefix(first_character(line).octets)) {
            auto const [number, octets] = first_character(line);
            if (number == '\t' || number == 0xA0)
                word_ += number == '\t' ? '\t' : ' ', ++word_width_;
            else
                unbroken(line.substr(0, octets));
        }
        if (end == utf8.npos) break;
        if (in_line()) end_word(), end_line();
        ++line_ends_;
        utf8.remove_prefix(end + (utf8.substr(end, 2) == "\r\n" ? 2 : 1));
    }
    in_hand_ = 0;
}

// The word goes to the next line if it finds no room on this one. What may be too dear is an end of line where there
// was no blank, between two ideographs.
void text_flow::end_word() {
    bool const blank_behind = last_ == ' ';
    if (blank_behind) word_.erase(word_.find_last_not_of(' ') + 1);
    last_ = 0;
    if (word_.empty()) return;
    if (line_open_ && !fits(blanks_ + word_width_) && (blanks_ > 0 || affords(1))) {
        end_line();
        line_ends_ = 1;
    }
    if (!line_open_) begin_line();
    out_.append(blanks_, ' ').append(word_);
    column_ += blanks_ + word_width_;
    word_.clear();
    word_width_ = 0;
    blanks_ = blank_behind ? 1 : 0;
}

void text_flow::end_line() noexcept {
    line_open_ = false;
    blanks_ = 0;
    common_ = prefix_.size();
}

void text_flow::line_break() {
    end_word();
    if (line_open_)
        end_line(), line_ends_ = 1;
    else
        line_ends_ = std::max<std::size_t>(line_ends_, std::min<std::size_t>(line_ends_ + 1, 2));
}

void text_flow::separate(std::size_t line_ends) {
    end_word();
    if (line_open_) end_line();
    line_ends_ = std::max(line_ends_, line_ends);
}

void text_flow::gap(std::size_t blanks) {
    end_word();
    if (line_open_) blanks_ = std::max(blanks_, blanks);
}

void text_flow::rule() {
    separate(1);
    if (!affords(rule_width + prefix_.size() + first_.size())) return;
    begin_line();
    out_.append(rule_width, '-');
    separate(1);
}

void text_flow::write_line_ends() {
    auto const shared = without_blanks_behind(std::string_view(prefix_).substr(0, common_));
    while (line_ends_ > 0) {
        --line_ends_;
        out_ += '\n';
        if (line_ends_ > 0 && affords(shared.size())) out_ += shared;
    }
}

void text_flow::begin_line() {
    if (out_.empty()) line_ends_ = 0;
    write_line_ends();
    auto const& prefix = marked_ ? first_ : prefix_;
    column_ = 0;
    if (affords(prefix.size())) {
        out_ += prefix;
        column_ = prefix.size();
    }
    marked_ = false;
    line_open_ = true;
    blanks_ = 0;
}

void text_flow::push(std::string_view first, std::string_view rest) {
    separate(1);
    levels_.push_back({prefix_.size(), first_.size(), marked_});
    if (prefix_.size() + rest.size() > longest_prefix) return;
    if (!marked_) first_ = prefix_;
    first_ += first;
    marked_ = marked_ || first != rest;
    prefix_ += rest;
}

void text_flow::pop() {
    separate(1);
    auto const before = levels_.back();
    levels_.pop_back();
    prefix_.resize(before.prefix);
    common_ = std::min(common_, prefix_.size());
    first_.resize(std::min(first_.size(), before.first));
    marked_ = marked_ && before.marked;
}

std::string text_flow::finish() {
    end_word();
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
}

}  // namespace postrider::mime
