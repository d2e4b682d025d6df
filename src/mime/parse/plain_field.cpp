#include "plain_field.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>

#include "../characters.hpp"

namespace postrider::mime {
namespace {

constexpr std::size_t usual_parameters = 16;  // more of them are not looked through for one that is given twice

class plain_reader {
public:
    explicit plain_reader(std::string_view text) : text_(text) {}

    std::optional<structured_field> run() {
        skip_blanks();
        field_.value = ascii::lower(take_while([](char c) { return has_class(c, token_class) || c == '/'; }));
        if (field_.value.empty() || !ends()) return std::nullopt;
        while (at_ < text_.size()) {
            ++at_;
            if (!take_parameter()) return std::nullopt;
        }
        return std::move(field_);
    }

private:
    bool take_parameter() {
        if (ends()) return true;  // an empty one
        auto const name = take_while([](char c) { return has_class(c, token_class) && c != '*'; });
        if (name.empty() || !skip('=')) return false;
        bool const quoted = skip('"');
        auto const value = quoted ? take_while([](char c) { return is_text(c) && c != '"' && c != '\\'; })
                                  : take_while([](char c) { return has_class(c, token_class); });
        bool const whole = quoted ? skip('"') : !value.empty();
        return whole && ends() && add(name, value);
    }

    bool add(std::string_view name, std::string_view value) {
        if (value.find("=?") != std::string_view::npos || field_.parameters.size() == usual_parameters) return false;
        std::string lower = ascii::lower(name);
        if (field_.find(lower)) return false;
        field_.parameters.push_back({std::move(lower), std::string(value)});
        return true;
    }

    static bool is_text(char c) noexcept { return (c >= ' ' && c < '\x7f') || c == '\t'; }

    std::string_view take_while(auto const& belongs) {
        std::size_t const begin = at_;
        while (at_ < text_.size() && belongs(text_[at_])) ++at_;
        return text_.substr(begin, at_ - begin);
    }

    bool skip(char c) {
        bool const there = at_ < text_.size() && text_[at_] == c;
        at_ += there;
        return there;
    }

    /// Goes to the ";" or the end of the text, when nothing but blanks and folds stands before it.
    bool ends() {
        skip_blanks();
        return at_ == text_.size() || text_[at_] == ';';
    }

    void skip_blanks() {
        for (; at_ < text_.size(); ++at_) {
            bool const crlf = text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
            if (!is_blank(text_[at_]) && text_[at_] != '\n' && !crlf) return;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    structured_field field_;
};

}  // namespace

std::optional<structured_field> read_plain_field(std::string_view field_body) {
    return plain_reader(field_body).run();
}

}  // namespace postrider::mime
