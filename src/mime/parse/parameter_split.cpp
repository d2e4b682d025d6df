#include <algorithm>
#include <postrider/codec/parameter.hpp>
#include <postrider/core/ascii.hpp>
#include <postrider/core/limits.hpp>
#include <postrider/mime/field.hpp>

#include "blanks.hpp"
#include "comments.hpp"
#include "parameters.hpp"

namespace postrider::mime {
namespace {

/// Where the ";" stands that ends what begins at `at`, quoted-strings and comments passed over.
std::size_t find_semicolon(std::string_view text, std::size_t at) noexcept {
    while (at < text.size() && text[at] != ';') {
        if (text[at] == '"')
            at = end_of_quoted_string(text, at);
        else if (text[at] == '(')
            at = end_of_comment(text, at);
        else
            ++at;
    }
    return std::min(at, text.size());
}

std::size_t skip_blanks_and_comments(std::string_view text, std::size_t at) noexcept {
    while (at < text.size() && (is_blank(text[at]) || text[at] == '(')) {
        at = text[at] == '(' ? end_of_comment(text, at) : at + 1;
    }
    return at;
}

/// "us-ascii (Plain text)" is a token with a comment behind it; "report (1).pdf" is a file name that somebody forgot
/// to quote.
std::string_view without_last_comment(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '(' || at == 0 || !is_blank(text[at - 1])) continue;
        std::size_t const end = end_of_comment(text, at);
        if (end == text.size()) return trim_back(text.substr(0, at));
        at = end - 1;
    }
    return text;
}

bool all_digits(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// A section number, or limits::parameter_sections for any that is beyond the limit.
unsigned section_number(std::string_view digits) noexcept {
    constexpr auto limit = static_cast<unsigned>(limits::parameter_sections);
    unsigned number = 0;
    for (char digit : digits) number = std::min(number * 10 + static_cast<unsigned>(digit - '0'), limit);
    return number;
}

class splitter {
public:
    explicit splitter(std::string_view field_body) : text_(trim_front(field_body)) {
        if (field_body.find('\n') == std::string_view::npos) return;
        unfolded_ = unfold(field_body);
        text_ = unfolded_;
    }

    split_field run() {
        std::size_t const end = find_semicolon(text_, 0);
        split_.value = trim(without_comments(part(0, end)));
        for (at_ = end; at_ < text_.size();) {
            ++at_;
            take_parameter();
        }
        return std::move(split_);
    }

private:
    void take_parameter() {
        at_ = skip_blanks_and_comments(text_, at_);
        std::size_t const end_of_name = text_.find_first_of("=;", at_);
        std::string_view const name = part(at_, end_of_name);
        if (end_of_name == std::string::npos || text_[end_of_name] == ';') {
            if (!trim(name).empty()) tell(defect_kind::invalid_parameter);
            at_ = std::min(end_of_name, text_.size());
            return;
        }
        at_ = skip_blanks_and_comments(text_, end_of_name + 1);
        std::string value = at_ < text_.size() && text_[at_] == '"' ? take_quoted() : take_bare();
        add(ascii::lower(trim(without_comments(name))), std::move(value));
    }

    std::string take_quoted() {
        std::size_t const end = end_of_quoted_string(text_, at_);
        std::string said = text_of_quoted_string(part(at_, end));
        at_ = find_semicolon(text_, end);
        if (!trim(without_comments(part(end, at_))).empty()) tell(defect_kind::invalid_parameter);
        return said;
    }

    std::string take_bare() {
        std::size_t const end = std::min(text_.find(';', at_), text_.size());
        std::string_view const value = without_last_comment(trim(part(at_, end)));
        at_ = end;
        if (!codec::is_token(value)) tell(defect_kind::invalid_parameter);
        return std::string(value);
    }

    void add(std::string name, std::string value) {
        parameter_section section;
        section.value = std::move(value);
        std::string_view marks = std::string_view(name).substr(std::min(name.find('*'), name.size()));
        section.name = name.substr(0, name.size() - marks.size());
        if (marks.ends_with('*')) {
            section.percent_encoded = true;
            section.what = parameter_section::form::extended;
            marks.remove_suffix(1);
        }
        if (!marks.empty()) {
            if (!all_digits(marks.substr(1))) return tell(defect_kind::invalid_parameter);
            section.what = parameter_section::form::sectioned;
            section.number = section_number(marks.substr(1));
        }
        if (section.name.empty()) return tell(defect_kind::invalid_parameter);
        if (section.number >= limits::parameter_sections) return tell(defect_kind::parameter_sections_limit);
        if (split_.sections.size() >= limits::listed_values) return tell(defect_kind::value_limit);
        split_.sections.push_back(std::move(section));
    }

    void tell(defect_kind kind) {
        auto& told = split_.defects;
        if (std::find(told.begin(), told.end(), kind) == told.end()) told.push_back(kind);
    }

    std::string_view part(std::size_t begin, std::size_t end) const noexcept {
        return text_.substr(begin, end - begin);
    }

    std::string unfolded_;  // of a field that has folds
    std::string_view text_;
    std::size_t at_ = 0;
    split_field split_;
};

}  // namespace

split_field split_parameters(std::string_view field_body) {
    return splitter(field_body).run();
}

}  // namespace postrider::mime
