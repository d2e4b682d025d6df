#include "html_place.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>

namespace postrider::mime::merge {
namespace {

constexpr std::string_view code_tags[] = {"script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"};
constexpr std::string_view text_tags[] = {"title", "textarea"};
constexpr std::string_view url_attributes[] = {"href",       "src",    "action", "formaction", "background",
                                               "poster",     "cite",   "data",   "longdesc",   "usemap",
                                               "xlink:href", "lowsrc", "dynsrc", "ping",       "manifest"};

template <class Range>
bool has(Range const& names, std::string_view name) noexcept {
    return std::ranges::find(names, name) != std::end(names);
}

bool is_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

}  // namespace

void html_scanner::read(std::string_view literal) {
    for (char c : literal) step(c);
}

void html_scanner::step(char c) {
    switch (state_) {
        case state::data:
            if (c == '<') state_ = state::tag_open;
            return;
        case state::raw_text: return step_in_raw_text(c);
        case state::double_quoted:
        case state::single_quoted:
        case state::unquoted:
        case state::before_value: return step_in_value(c);
        default: return step_in_markup(c);
    }
}

void html_scanner::step_in_raw_text(char c) {
    if (matched_ == raw_end_.size() && (is_space(c) || c == '/' || c == '>')) {
        closing_ = true;
        matched_ = 0;
        state_ = state::before_attribute;
        return step(c);
    }
    matched_ = matched_ < raw_end_.size() && ascii::to_lower(c) == raw_end_[matched_] ? matched_ + 1 : c == '<';
}

void html_scanner::step_in_markup(char c) {
    switch (state_) {
        case state::tag_open:
            if (c == '!')
                dashes_ = 0, state_ = state::declaration;
            else if (c == '/')
                state_ = state::end_tag_open;
            else if (ascii::is_alpha(c))
                begin_tag(c, false);
            else if (c != '<')
                state_ = c == '?' ? state::bogus_comment : state::data;
            return;
        case state::end_tag_open:
            if (ascii::is_alpha(c))
                begin_tag(c, true);
            else
                state_ = c == '>' ? state::data : state::bogus_comment;
            return;
        case state::declaration:
            if (c != '-')
                state_ = c == '>' ? state::data : state::bogus_comment;
            else if (++dashes_ == 2)
                state_ = state::comment;
            return;
        case state::bogus_comment:
            if (c == '>') state_ = state::data;
            return;
        case state::comment:
            if (c == '>' && dashes_ >= 2) state_ = state::data;
            dashes_ = c == '-' ? dashes_ + 1 : 0;
            return;
        case state::tag_name:
            if (is_space(c) || c == '/')
                state_ = state::before_attribute;
            else if (c == '>')
                end_tag();
            else
                tag_ += ascii::to_lower(c);
            return;
        case state::attribute_name:
            if (c == '=')
                value_begun_ = false, state_ = state::before_value;
            else if (is_space(c))
                state_ = state::after_attribute_name;
            else if (c == '/')
                state_ = state::before_attribute;
            else if (c == '>')
                end_tag();
            else
                attribute_ += ascii::to_lower(c);
            return;
        case state::after_attribute_name:
            if (c == '=') {
                value_begun_ = false;
                state_ = state::before_value;
                return;
            }
            [[fallthrough]];
        default:  // before_attribute
            if (is_space(c) || c == '/') return;
            if (c == '>') return end_tag();
            attribute_ = ascii::to_lower(c);
            state_ = state::attribute_name;
    }
}

void html_scanner::step_in_value(char c) {
    switch (state_) {
        case state::before_value:
            if (is_space(c)) return;
            if (c == '>') return end_tag();
            state_ = c == '"' ? state::double_quoted : c == '\'' ? state::single_quoted : state::unquoted;
            return;
        case state::unquoted:
            if (c == '>') return end_tag();
            if (is_space(c)) state_ = state::before_attribute;
            return;
        default:
            if (c == (state_ == state::double_quoted ? '"' : '\''))
                state_ = state::before_attribute;
            else if (!is_space(c))
                value_begun_ = true;
    }
}

void html_scanner::begin_tag(char c, bool closing) {
    tag_ = ascii::to_lower(c);
    closing_ = closing;
    state_ = state::tag_name;
}

void html_scanner::end_tag() {
    bool const raw = !closing_ && (has(code_tags, tag_) || has(text_tags, tag_));
    state_ = raw ? state::raw_text : state::data;
    matched_ = 0;
    if (raw) raw_end_ = "</" + tag_;
}

html_place html_scanner::take_value() noexcept {
    auto const place = [this] {
        switch (state_) {
            case state::data:
            case state::comment: return html_place::text;
            case state::raw_text: return has(code_tags, tag_) ? html_place::code : html_place::text;
            case state::before_value:
            case state::unquoted: return html_place::unquoted_value;
            case state::double_quoted:
            case state::single_quoted: return place_in_value();
            default: return html_place::markup;
        }
    }();
    dashes_ = 0;
    matched_ = 0;
    value_begun_ = true;
    if (state_ == state::before_value) state_ = state::unquoted;
    return place;
}

html_place html_scanner::place_in_value() const noexcept {
    if (attribute_.starts_with("on") || attribute_ == "style" || attribute_ == "srcdoc") return html_place::code;
    if (!has(url_attributes, attribute_)) return html_place::attribute_value;
    return value_begun_ ? html_place::url_inside : html_place::url_begin;
}

}  // namespace postrider::mime::merge
