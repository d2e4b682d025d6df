#include "words.hpp"

#include <algorithm>
#include <postrider/core/ascii.hpp>

namespace postrider::lint {
namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";
constexpr std::string_view no_break_space = "\xC2\xA0";

constexpr bool is_first_octet(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

std::size_t character_octets(std::string_view text, std::size_t at) noexcept {
    auto end = at + 1;
    while (end < text.size() && !is_first_octet(text[end])) ++end;
    return end - at;
}

/// Of U+2E80 to U+9FFF, U+AC00 to U+D7FF or U+20000 and beyond: a word by itself.
bool is_word_alone(std::string_view character) noexcept {
    auto const first = static_cast<unsigned char>(character[0]);
    auto const second = character.size() > 1 ? static_cast<unsigned char>(character[1]) : 0u;
    if (first == 0xE2) return second >= 0xBA;
    return (first >= 0xE3 && first <= 0xE9) || (first >= 0xEA && first <= 0xED && second >= 0xB0) ||
           (first == 0xF0 && second >= 0xA0);
}

/// Punctuation of U+2000 to U+206F, U+3000 to U+303F and U+FF00 to U+FF0F, no-break spaces and the like.
bool is_separator(std::string_view character) noexcept {
    if (character.size() == 1) return !ascii::is_alnum(character[0]);
    auto const first = static_cast<unsigned char>(character[0]), second = static_cast<unsigned char>(character[1]);
    if (first == 0xC2) return true;
    return (first == 0xE2 && second <= 0x81) || (first == 0xE3 && second == 0x80) || (first == 0xEF && second == 0xBC);
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
    auto const first = text.find_first_not_of(blanks);
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) + 1 - first);
}

std::string collapsed(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        bool const wide = text.substr(at, no_break_space.size()) == no_break_space;
        bool const blank = wide || blanks.find(text[at]) != blanks.npos;
        if (!blank) out += text[at];
        if (blank && !out.empty() && out.back() != ' ') out += ' ';
        at += wide ? no_break_space.size() : 1;
    }
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

std::size_t characters(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_first_octet));
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    auto const end_word = [&] {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        auto const one = text.substr(at, character_octets(text, at));
        at += one.size();
        if (is_separator(one) || is_word_alone(one)) end_word();
        if (is_separator(one)) continue;
        word += one.size() == 1 ? std::string(1, ascii::to_lower(one[0])) : std::string(one);
        if (is_word_alone(one)) end_word();
    }
    end_word();
    return words;
}

}  // namespace postrider::lint
