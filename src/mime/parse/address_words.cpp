#include "address_words.hpp"

#include <algorithm>
#include <postrider/codec/encoded_word.hpp>
#include <postrider/core/ascii.hpp>

#include "blanks.hpp"
#include "comments.hpp"
#include "word_defects.hpp"

namespace postrider::mime {
namespace {

/// One past the end of the encoded-word that begins at `at`, or `at` when there is none.
///     encoded-word = "=?" charset "?" ("B" / "Q") "?" encoded-text "?="
std::size_t end_of_word(std::string_view text, std::size_t at) noexcept {
    if (!text.substr(at).starts_with("=?")) return at;
    std::size_t const charset = text.find_first_of("? \t", at + 2);
    if (charset == std::string_view::npos || text[charset] != '?' || charset == at + 2) return at;
    if (charset + 2 >= text.size() || text[charset + 2] != '?') return at;
    char const encoding = ascii::to_lower(text[charset + 1]);
    if (encoding != 'b' && encoding != 'q') return at;
    std::size_t const end = text.find_first_of("? \t", charset + 3);
    return end != std::string_view::npos && text.substr(end).starts_with("?=") ? end + 2 : at;
}

class address_decoder {
public:
    address_decoder(std::string_view text, std::vector<defect_kind>& defects) : text_(text), defects_(defects) {}

    std::string run() {
        while (at_ < text_.size()) {
            char const c = text_[at_];
            if (c == '"')
                take_quoted_string();
            else if (c == '<')
                copy_to(end_of_angle());
            else if (c == '[')
                copy_to(std::min(text_.find(']', at_), text_.size()));
            else if (c == '=')
                take_words();
            else
                take_other(c);
        }
        return std::move(out_);
    }

private:
    void take_other(char c) {
        if (c == '(') ++comments_;
        if (c == ')' && comments_ > 0) --comments_;
        bool const pair = c == '\\' && at_ + 1 < text_.size();
        copy_to(at_ + (pair ? 2 : 1));
    }

    void take_quoted_string() {
        std::size_t const end = comments_ > 0 ? at_ + 1 : end_of_quoted_string(text_, at_);
        std::string_view const quoted = text_.substr(at_, end - at_);
        if (quoted.find("=?") == std::string_view::npos) return copy_to(end);
        codec::decoded_words const words = codec::decode_words(text_of_quoted_string(quoted));
        add_word_defects(words, defects_);
        if (!words.had_words) return copy_to(end);
        defects_.push_back(defect_kind::invalid_header);  // RFC 2047 §5: never within a quoted-string
        out_ += as_quoted_string(words.text);
        at_ = end;
    }

    std::size_t end_of_angle() const noexcept {
        std::size_t at = at_;
        while (at < text_.size() && text_[at] != '>') at = text_[at] == '"' ? end_of_quoted_string(text_, at) : at + 1;
        return at;
    }

    /// Takes a run of words with nothing but blanks between them, which are none.
    void take_words() {
        std::size_t end = end_of_word(text_, at_);
        if (end == at_) return copy_to(at_ + 1);
        for (std::size_t next = skip_blanks(end); next != end && next < text_.size(); next = skip_blanks(end)) {
            std::size_t const more = end_of_word(text_, next);
            if (more == next) break;
            end = more;
        }
        std::string_view const run = text_.substr(at_, end - at_);
        codec::decoded_words const words = codec::decode_words(run);
        add_word_defects(words, defects_);
        if (words.text == run)
            out_ += run;
        else if (comments_ > 0)
            append_escaped(words.text);
        else if (words.text.find_first_of("()<>[]:;@\\,.\"") != std::string::npos)
            out_ += as_quoted_string(words.text);
        else
            out_ += words.text;
        at_ = end;
    }

    void append_escaped(std::string_view comment) {
        for (char c : comment) {
            if (c == '(' || c == ')' || c == '\\') out_ += '\\';
            out_ += c;
        }
    }

    std::size_t skip_blanks(std::size_t at) const noexcept {
        while (at < text_.size() && is_blank(text_[at])) ++at;
        return at;
    }

    void copy_to(std::size_t end) {
        out_ += text_.substr(at_, end - at_);
        at_ = end;
    }

    std::string_view text_;
    std::vector<defect_kind>& defects_;
    std::size_t at_ = 0;
    std::size_t comments_ = 0;  // open ones
    std::string out_;
};

}  // namespace

std::string decode_address_words(std::string_view text, std::vector<defect_kind>& defects) {
    return address_decoder(text, defects).run();
}

}  // namespace postrider::mime
