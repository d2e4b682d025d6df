#include "template_text.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>
#include <postrider/mime/error.hpp>

#include "../checks.hpp"

namespace postrider::mime::merge {
namespace {

constexpr std::string_view braces = "{{", escaped_braces = "{{{{";

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// Reads from left to right, each octet once.
class template_reader {
public:
    template_reader(std::string_view text, std::string_view place, column_names const* columns) noexcept
        : text_(text), place_(place), columns_(columns), has_lines_(text.find('\n') != text.npos) {}

    template_text read() {
        while (at_ < text_.size()) {
            auto const begin = text_.find(braces, at_);
            literal(text_.substr(at_, begin - at_));
            line_ += static_cast<std::size_t>(std::ranges::count(text_.substr(at_, begin - at_), '\n'));
            if (begin == text_.npos) break;
            at_ = begin;
            if (text_.substr(at_).starts_with(escaped_braces)) {
                literal(braces);
                at_ += escaped_braces.size();
            } else {
                segments_.emplace_back(read_hole());
            }
        }
        return std::move(segments_);
    }

private:
    void literal(std::string_view text) {
        if (text.empty()) return;
        if (segments_.empty() || !std::holds_alternative<std::string>(segments_.back())) segments_.emplace_back("");
        std::get<std::string>(segments_.back()) += text;
    }

    hole read_hole() {
        hole one;
        one.raw = text_.substr(at_).starts_with("{{{");
        one.place = place_here();
        std::size_t const width = one.raw ? 3 : 2;
        auto const inside = text_.substr(at_ + width);
        auto const end = inside.find_first_of("{}\r\n");
        if (end == inside.npos || inside.substr(end, width) != std::string_view("}}}").substr(0, width))
            refuse("does not end; two braces that begin no hole are written {{{{");
        read_inside(one, inside.substr(0, end));
        at_ += width + end + width;
        return one;
    }

    void read_inside(hole& one, std::string_view inside) {
        auto const bar = inside.find('|');
        one.name = trimmed(inside.substr(0, bar));
        if (bar != inside.npos) one.fallback = trimmed(inside.substr(bar + 1));
        if (one.name.empty()) refuse("has no name");
        if (std::ranges::any_of(inside, ascii::is_control)) refuse("has a control character in it");
        if (!columns_) return;
        auto const found = std::ranges::find(*columns_, one.name);
        if (found == columns_->end()) refuse_unknown(one.name);
        one.column = static_cast<std::size_t>(found - columns_->begin());
    }

    // "Subject", or "the text, line 3".
    std::string place_here() const {
        return has_lines_ ? std::string(place_) + ", line " + std::to_string(line_) : std::string(place_);
    }

    [[noreturn]] void refuse(std::string const& why) const {
        auto const inside = text_.substr(at_, std::min<std::size_t>(text_.find_first_of("\r\n", at_) - at_, 40));
        throw error(errc::bad_hole, "the hole " + shown(inside) + " in " + place_here() + ' ' + why);
    }

    [[noreturn]] void refuse_unknown(std::string const& name) const {
        std::string known;
        for (auto const& column : *columns_) known += (known.empty() ? "" : ", ") + column;
        refuse("names no column: there is no " + shown(name) + ", but " + shown(known));
    }

    std::string_view text_;
    std::string_view place_;
    column_names const* columns_;
    bool has_lines_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;  // on which at_ is
    template_text segments_;
};

}  // namespace

template_text read_template(std::string_view text, std::string_view place, column_names const* columns) {
    return template_reader(text, place, columns).read();
}

}  // namespace postrider::mime::merge
