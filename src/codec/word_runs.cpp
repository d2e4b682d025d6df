#include "word_runs.hpp"

#include <postrider/codec/encoded_word.hpp>
#include <postrider/core/ascii.hpp>

#include "base64_paths.hpp"
#include "hex.hpp"

namespace postrider::codec {
namespace detail {
namespace {

constexpr std::size_t none = std::string_view::npos;
constexpr std::size_t longest_charset = 120;  // with its language; bounds the search for the first "?"

bool is_blank_or_line_end(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Reads "=?" charset ["*" language] "?" encoding "?" off the front of `text`.
/// returns    where the encoded-text begins, or npos.
std::size_t read_front(std::string_view text, encoded_word& word) noexcept {
    if (!text.starts_with("=?")) return none;
    std::size_t const mark = text.substr(2, longest_charset).find('?');
    if (mark == none || mark == 0) return none;
    std::string_view const label = text.substr(2, mark);
    if (label.find_first_of(" \t\r\n=") != none) return none;

    std::size_t const letter = 2 + mark + 1;
    if (letter + 1 >= text.size() || text[letter + 1] != '?') return none;
    word.encoding = ascii::to_lower(text[letter]);
    if (word.encoding != 'b' && word.encoding != 'q') return none;
    std::size_t const star = label.find('*');
    word.charset = label.substr(0, star);
    word.language = star == none ? std::string_view() : label.substr(star + 1);
    return letter + 2;
}

}  // namespace

/// Reads the word at `at`, where "=?" stands, and moves `at` behind it.
std::optional<encoded_word> word_run_reader::read_word(std::size_t& at) noexcept {
    encoded_word word{};
    std::size_t const front = read_front(body_.substr(at), word);
    if (front == none) return std::nullopt;
    std::size_t const end = find_end(at + front);
    if (end == none) return std::nullopt;
    word.text = body_.substr(at + front, end - at - front);
    at = end + 2;
    return word;
}

/// Where the next "?=" is. Remembered, or a body full of openings would be searched from each of them.
std::size_t word_run_reader::find_end(std::size_t from) noexcept {
    if (next_end_ < from) next_end_ = body_.find("?=", from);
    return next_end_;
}

/// Where the next word begins, at at_ or behind it; or the end of the body.
std::size_t word_run_reader::find_word() noexcept {
    for (std::size_t at = body_.find("=?", at_); at != none; at = body_.find("=?", at + 2)) {
        found_end_ = at;
        found_ = read_word(found_end_);
        if (found_) return at;
    }
    found_.reset();
    return body_.size();
}

std::optional<word_run> word_run_reader::next() {
    if (at_ == body_.size()) return std::nullopt;
    std::size_t const begin = found_ ? at_ : find_word();
    std::string_view const between = body_.substr(at_, begin - at_);
    word_run run;
    bool const blank = between.find_first_not_of(" \t\r\n") == none;
    if (!between.empty() && !(blank && after_words_ && found_)) {
        run.written = between;
        at_ = begin;
        after_words_ = false;
        return run;
    }
    run.blanks = between;
    run.encoded = after_words_ = true;
    run.charset = found_->charset;
    run.language = found_->language;
    join_words(run);
    run.written = body_.substr(begin, at_ - begin);
    return run;
}

/// Takes the word that was found and all that follow it with nothing but blanks between them.
void word_run_reader::join_words(word_run& run) {
    octets_.clear();
    for (;;) {
        add(*found_, run);
        at_ = found_end_;
        found_.reset();
        std::size_t ahead = at_;
        while (ahead < body_.size() && is_blank_or_line_end(body_[ahead])) ++ahead;
        std::size_t end = ahead;
        auto const more = read_word(end);
        if (!more || !ascii::equal_without_case(more->charset, run.charset)) break;
        found_ = more;
        found_end_ = end;
    }
    if (!split_group_.empty()) add_b({}, run);
}

void word_run_reader::add(encoded_word const& word, word_run& run) {
    if (word.encoding == 'b') return add_b(word.text, run);
    if (!split_group_.empty()) add_b({}, run);
    add_q(word.text, run);
}

void word_run_reader::add_q(std::string_view text, word_run& run) {
    octets_.reserve(octets_.size() + text.size());
    while (!text.empty()) {
        int const octet = text.front() == '=' ? hex_octet(text.substr(1)) : -1;
        run.malformed |= text.front() == '=' && octet < 0;
        if (octet >= 0)
            octets_ += static_cast<char>(octet);
        else
            octets_ += text.front() == '_' ? ' ' : text.front();
        text.remove_prefix(octet >= 0 ? 3 : 1);
    }
}

/// `text`     of one word; empty when no word follows that could complete the group.
void word_run_reader::add_b(std::string_view text, word_run& run) {
    std::string joined;
    bool const last = text.empty();
    if (!split_group_.empty()) {
        joined = split_group_ + std::string(text);
        split_group_.clear();
        text = joined;
    }
    std::size_t const before = octets_.size();
    octets_.resize(before + base64_room(text.size()));
    base64_faults faults;
    char* const end = decode_base64_leniently(text, octets_.data() + before, faults, fastest_base64_path());
    octets_.resize(static_cast<std::size_t>(end - octets_.data()));
    bool const other = faults.skipped_characters || faults.data_after_padding;
    if (!last && !other && (faults.missing_padding || faults.wrong_length)) keep_split_group(text);
    run.malformed |= other || (split_group_.empty() && (faults.missing_padding || faults.wrong_length));
}

/// Takes the last characters of `text` back where they are the beginning of a group: one alone cannot be anything else,
/// nor can those with bits set that a missing padding would leave zero.
void word_run_reader::keep_split_group(std::string_view text) {
    if (text.find_first_of("= \t\r\n") != none) return;
    std::size_t const left = text.size() % 4;
    std::string_view const group = text.substr(text.size() - left);
    std::size_t const value = std::string_view(base64_alphabet).find(group.back());
    std::size_t const unused = left == 2 ? 15 : 3;
    if (left != 1 && !(value & unused)) return;
    split_group_ = group;
    octets_.resize(octets_.size() - (left - 1));
}

}  // namespace detail

std::size_t encoded_word_octets(std::string_view text) noexcept {
    detail::encoded_word word{};
    std::size_t const front = detail::read_front(text, word);
    if (front == detail::none) return 0;
    std::size_t const end = text.find_first_of("? \t\r\n", front);
    return end != detail::none && text.substr(end).starts_with("?=") ? end + 2 : 0;
}

std::vector<charset_run> split_words(std::string_view field_body) {
    std::vector<charset_run> runs;
    detail::word_run_reader reader(field_body);
    while (auto const run = reader.next()) {
        if (run->encoded)
            runs.push_back(
                {std::string(reader.octets()), ascii::lower(run->charset), std::string(run->language), run->malformed});
        else
            runs.push_back({std::string(run->written), {}, {}, false});
    }
    return runs;
}

}  // namespace postrider::codec
