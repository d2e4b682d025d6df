#include "css_reader.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>

#include "words.hpp"

namespace postrider::lint {
namespace {

constexpr bool is_name_octet(char c) noexcept {
    return ascii::is_alnum(c) || c == '-' || c == '_' || ascii::is_8bit(c);
}

bool holds_rules(std::string_view at_rule) noexcept {
    return at_rule != "font-face" && at_rule != "page" && at_rule != "counter-style" && at_rule != "property";
}

class css_reader {
public:
    css_reader(std::string_view css, bool in_block) : css_(css.substr(0, limits::lint_css_octets)) {
        sheet_.is_complete = css_.size() == css.size();
        if (in_block) blocks_.push_back(style_rule);
    }

    css_sheet read() {
        while (at_ < css_.size()) step();
        end_statement();
        return std::move(sheet_);
    }

private:
    enum block { rules, style_rule, keyframes };

    void step() {
        char const c = css_[at_];
        if (css_.substr(at_, 2) == "/*") return skip_comment();
        if (statement_.empty()) begin_ = at_;
        if (c == '"' || c == '\'') return take_string(c);
        if (c == '\\') return take(2);
        if (c == '(' || c == '[') ++brackets_;
        if ((c == ')' || c == ']') && brackets_ > 0) --brackets_;
        // A brace ends what a bracket left open: CSS Syntax §9 of error recovery, and a mail's style must not hide so.
        if (c == '{') return open_block();
        if (c == '}') return close_block();
        if (c == ';' && brackets_ == 0) return end_statement(), void(++at_);
        take(1);
    }

    void take(std::size_t octets) {
        auto const taken = css_.substr(at_, octets);
        bool const blank = taken.size() == 1 && trimmed(taken).empty();
        if (!blank || !statement_.empty()) statement_ += taken;
        at_ += taken.size();
    }

    void take_string(char quote) {
        auto end = at_ + 1;
        while (end < css_.size() && css_[end] != quote && css_[end] != '\n') end += css_[end] == '\\' ? 2 : 1;
        take(std::min(end + 1, css_.size()) - at_);
    }

    void skip_comment() {
        ++sheet_.comments;
        auto const end = css_.find("*/", at_ + 2);
        at_ = end == css_.npos ? css_.size() : end + 2;
    }

    void open_block() {
        ++at_;
        brackets_ = 0;
        auto const text = trimmed(statement_);
        if (ignored_ > 0 || blocks_.size() >= limits::lint_css_depth) {
            ++ignored_;
            sheet_.is_complete = false;
        } else if (text.starts_with('@')) {
            auto const name = put_at_rule(text);
            bool const frames = name.ends_with("keyframes");
            blocks_.push_back(frames ? keyframes : holds_rules(name) ? rules : style_rule);
        } else {
            bool const in_frames = !blocks_.empty() && blocks_.back() == keyframes;
            bool const nested = !blocks_.empty() && blocks_.back() == style_rule;
            if (!in_frames && !text.empty()) put(css_item::selector, std::string(text), {}, nested);
            blocks_.push_back(style_rule);
        }
        statement_.clear();
    }

    void close_block() {
        end_statement();
        ++at_;
        if (ignored_ > 0)
            --ignored_;
        else if (!blocks_.empty())
            blocks_.pop_back();
    }

    void end_statement() {
        brackets_ = 0;
        auto const text = trimmed(statement_);
        auto const colon = text.find(':');
        if (ignored_ == 0 && text.starts_with('@'))
            put_at_rule(text);
        else if (ignored_ == 0 && colon != text.npos && !blocks_.empty())
            put(css_item::declaration, ascii::lower(trimmed(text.substr(0, colon))),
                std::string(trimmed(text.substr(colon + 1))));
        statement_.clear();
    }

    std::string put_at_rule(std::string_view text) {
        auto const end = std::find_if_not(text.begin() + 1, text.end(), is_name_octet);
        auto const size = static_cast<std::size_t>(end - text.begin());
        auto name = ascii::lower(text.substr(1, size - 1));
        put(css_item::at_rule, name, std::string(trimmed(text.substr(size))));
        return name;
    }

    void put(css_item::kind what, std::string name, std::string value, bool nested = false) {
        sheet_.items.push_back({what, std::move(name), std::move(value), begin_, blocks_.size(), nested});
    }

    std::string_view css_;
    std::size_t at_ = 0, begin_ = 0, brackets_ = 0, ignored_ = 0;
    std::string statement_;
    std::vector<block> blocks_;
    css_sheet sheet_;
};

}  // namespace

css_sheet read_style_sheet(std::string_view css) {
    return css_reader(css, false).read();
}

std::vector<css_item> read_declarations(std::string_view style) {
    return css_reader(style, true).read().items;
}

css_words words_of_value(std::string_view value) {
    css_words found;
    for (std::size_t at = 0; at < value.size();) {
        char const c = value[at];
        if (c == '"' || c == '\'') {
            at = std::min(value.find(c, at + 1), value.size() - 1) + 1;
        } else if (ascii::is_digit(c)) {
            auto const end = value.find_first_not_of("0123456789.", at);
            at = std::min(end, value.size());
            auto unit_end = at;
            while (unit_end < value.size() && ascii::is_alpha(value[unit_end])) ++unit_end;
            if (unit_end == at && value.substr(at, 1) == "%") ++unit_end;
            if (unit_end > at) found.units.push_back(ascii::lower(value.substr(at, unit_end - at)));
            at = unit_end;
        } else if (is_name_octet(c)) {
            auto const begin = at;
            while (at < value.size() && is_name_octet(value[at])) ++at;
            auto name = ascii::lower(value.substr(begin, at - begin));
            auto& list = value.substr(at, 1) == "(" ? found.functions : found.keywords;
            list.push_back(std::move(name));
        } else if (c == '#') {
            at = std::min(value.find_first_not_of("0123456789abcdefABCDEF", at + 1), value.size());
        } else {
            ++at;
        }
    }
    return found;
}

}  // namespace postrider::lint
