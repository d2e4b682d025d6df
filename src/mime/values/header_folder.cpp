#include "header_folder.hpp"

#include <algorithm>
#include <postrider/mime/error.hpp>

namespace postrider::mime {
namespace {

constexpr std::size_t none = std::string::npos;

std::size_t count_blanks(std::string_view text) noexcept {
    return std::min(text.find_first_not_of(" \t"), text.size());
}

}  // namespace

void header_folder::add_text(std::string_view ascii) {
    while (!ascii.empty()) {
        std::size_t const blanks = count_blanks(ascii);
        std::size_t const word = std::min(ascii.find_first_of(" \t", blanks), ascii.size()) - blanks;
        // Blanks at the end make no line of their own: a line of blanks alone is none (RFC 5322 §3.2.2).
        if (blanks > 0 && word > 0 && !out_.empty()) breaks_.push_back(out_.size());
        out_ += ascii.substr(0, blanks + word);
        column_ += blanks + word;
        ascii.remove_prefix(blanks + word);
        while (column_ > longest_ && !breaks_.empty()) fold();
    }
}

/// The last blank behind the first of the characters to split at that any blank is behind; a blank is behind itself.
std::size_t header_folder::choose_break() const noexcept {
    for (char wanted : splitchars_)
        for (std::size_t i = breaks_.size(); i-- > 0;)
            if (out_[breaks_[i]] == wanted || (breaks_[i] > 0 && out_[breaks_[i] - 1] == wanted)) return i;
    return breaks_.size() - 1;
}

void header_folder::fold() {
    std::size_t const chosen = choose_break();
    std::size_t const at = breaks_[chosen];
    out_.insert(at, "\r\n");
    column_ = out_.size() - at - 2;
    breaks_.erase(breaks_.begin(), breaks_.begin() + static_cast<std::ptrdiff_t>(chosen) + 1);
    for (std::size_t& later : breaks_) later += 2;
}

void header_folder::add_words(std::string_view text, mail_charset const& charset, bool apart) {
    constexpr std::size_t longest_with_words = 76;  // RFC 2047 §2
    if (out_.ends_with(' ')) {                      // a fold adds another
        out_.pop_back();
        --column_;
        apart = true;
        if (!breaks_.empty() && breaks_.back() == out_.size()) breaks_.pop_back();
    }
    std::string words;
    std::size_t column = column_ + (apart ? 1 : 0);
    codec::word_options const options{charset.output_charset,
                                      charset.header_encoding.value_or(codec::word_encoding::shorter),
                                      longest_ == none ? none : std::min(longest_, longest_with_words)};
    if (auto ec = codec::append_words(words, column, text, codec::word_place::text, options))
        throw error(errc::unencodable, "a header's text in " + charset.output_charset + ": " + ec.message());
    if (apart && !words.starts_with("\r\n")) {
        breaks_.push_back(out_.size());
        out_ += ' ';
    }
    if (words.find("\r\n") != none) breaks_.clear();
    out_ += words;
    column_ = column;
}

std::string header_folder::finish(std::string_view linesep, std::string_view continuation_ws) const {
    std::string written;
    written.reserve(out_.size());
    std::string_view rest = out_;
    for (std::size_t end = rest.find("\r\n"); end != none; end = rest.find("\r\n")) {
        written += rest.substr(0, end);
        rest.remove_prefix(end + 2);
        if (longest_ == none) continue;  // one line: the blank behind the fold is what stays
        written += linesep;
        if (rest.starts_with(' ')) {
            written += continuation_ws;
            rest.remove_prefix(1);
        }
    }
    written += rest;
    return written;
}

}  // namespace postrider::mime
