#include <postrider/mime/html_reader.hpp>

#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>

namespace postrider::mime {
namespace {

using ascii::equal_without_case;

constexpr bool is_html_blank(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

// The first of several attributes of one name counts.
void keep_first(std::string_view& slot, std::string_view value) noexcept {
    if (!slot.data()) slot = value;
}

}  // namespace

html_reader::token html_reader::next() noexcept {
    while (at_ < html_.size()) {
        token_begin_ = at_;
        if (!begins_markup(at_)) return read_text(), token::text;
        bool const end_tag = peek(1) == '/';
        if (!ascii::is_alpha(peek(end_tag ? 2 : 1))) {
            skip_markup();
            continue;
        }
        at_ += end_tag ? 2 : 1;
        if (!read_tag()) break;
        return end_tag ? token::end_tag : token::start_tag;
    }
    at_ = html_.size();
    return token::end;
}

bool html_reader::begins_markup(std::size_t at) const noexcept {
    if (html_[at] != '<' || at + 1 == html_.size()) return false;
    char const c = html_[at + 1];
    return ascii::is_alpha(c) || c == '/' || c == '!' || c == '?';
}

bool html_reader::read_text() noexcept {
    auto end = at_ + 1;
    while (end < html_.size() && !begins_markup(end)) end = std::min(html_.find('<', end + 1), html_.size());
    text_ = html_.substr(at_, end - at_);
    at_ = end;
    return true;
}

void html_reader::skip_behind(std::string_view mark) noexcept {
    auto const found = html_.find(mark, at_);
    at_ = found == html_.npos ? html_.size() : found + mark.size();
}

// A comment may be as short as "<!-->".
void html_reader::skip_markup() noexcept {
    bool const comment = html_.substr(at_, 4) == "<!--";
    comments_ += comment;
    at_ += 2;
    skip_behind(comment ? "-->" : ">");
}

void html_reader::skip_blanks() noexcept {
    while (at_ < html_.size() && is_html_blank(html_[at_])) ++at_;
}

// tag = name *(attribute) ">"; false when the text ends before it does.
bool html_reader::read_tag() noexcept {
    auto const begin = at_;
    while (at_ < html_.size() && !is_html_blank(peek()) && peek() != '>' && peek() != '/') ++at_;
    name_ = html_.substr(begin, at_ - begin);
    attributes_ = {};
    attributes_begin_ = at_;
    while (at_attribute()) {
        auto const [name_read, value] = read_attribute();
        if (equal_without_case(name_read, "alt")) keep_first(attributes_.alt, value);
        if (equal_without_case(name_read, "hidden")) keep_first(attributes_.hidden, value);
        if (equal_without_case(name_read, "href")) keep_first(attributes_.href, value);
        if (equal_without_case(name_read, "start")) keep_first(attributes_.start, value);
        if (equal_without_case(name_read, "style")) keep_first(attributes_.style, value);
    }
    if (at_ >= html_.size()) return false;
    return ++at_, true;
}

std::vector<html_attribute> html_reader::all_attributes() const {
    std::vector<html_attribute> all;
    html_reader again(html_);
    again.at_ = attributes_begin_;
    while (again.at_attribute() && all.size() < limits::html_attributes) all.push_back(again.read_attribute());
    return all;
}

// False at the end of the tag, or of the text.
bool html_reader::at_attribute() noexcept {
    while (is_html_blank(peek()) || peek() == '/') ++at_;
    return at_ < html_.size() && peek() != '>';
}

// attribute = name [blanks "=" blanks value]. An "=" in front belongs to the name.
html_attribute html_reader::read_attribute() noexcept {
    auto const begin = at_++;
    while (at_ < html_.size() && !is_html_blank(peek()) && peek() != '=' && peek() != '>' && peek() != '/') ++at_;
    auto const name = html_.substr(begin, at_ - begin);
    skip_blanks();
    auto value = name.substr(0, 0);
    if (peek() == '=') {
        ++at_;
        skip_blanks();
        value = read_value();
    }
    return {name, value};
}

std::string_view html_reader::read_value() noexcept {
    char const quote = peek();
    if (at_ < html_.size() && (quote == '"' || quote == '\'')) {
        auto const begin = ++at_;
        at_ = std::min(html_.find(quote, begin), html_.size());
        auto const value = html_.substr(begin, at_ - begin);
        if (at_ < html_.size()) ++at_;
        return value;
    }
    auto const begin = at_;
    while (at_ < html_.size() && !is_html_blank(peek()) && peek() != '>') ++at_;
    return html_.substr(begin, at_ - begin);
}

void html_reader::skip_raw_text() noexcept {
    for (;;) {
        at_ = std::min(html_.find("</", at_), html_.size());
        if (at_ == html_.size()) return;
        auto const behind = at_ + 2 + name_.size();
        char const c = behind < html_.size() ? html_[behind] : '>';
        if (equal_without_case(html_.substr(at_ + 2, name_.size()), name_) &&
            (is_html_blank(c) || c == '>' || c == '/'))
            return;
        at_ += 2;
    }
}

}  // namespace postrider::mime
