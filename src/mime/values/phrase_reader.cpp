#include "phrase_reader.hpp"

#include <postrider/codec/encoded_word.hpp>

#include "../characters.hpp"
#include "../parse/comments.hpp"
#include "../parse/visible.hpp"
#include "../parse/word_defects.hpp"
#include "field_text.hpp"

namespace postrider::mime {
namespace {

void append_decoded(std::string& out, std::string_view text, std::vector<defect_kind>& defects) {
    if (text.find("=?") == text.npos) {
        out += text;
        return;
    }
    codec::decoded_words words = codec::decode_words(text);
    std::vector<defect_kind> found;
    add_word_defects(words, found);
    for (auto kind : found) add_defect(defects, kind);
    out += escape_controls(std::move(words.text));
}

}  // namespace

std::string read_phrase(std::string_view phrase, std::vector<defect_kind>& defects) {
    std::string out, words;  // words: those not decoded yet
    for (std::size_t at = 0; at < phrase.size();) {
        char const c = phrase[at];
        std::size_t end = at + 1;
        if (is_blank(c) || c == '(') {
            if (c == '(') end = end_of_comment(phrase, at);
            bool const first = words.empty() ? out.empty() || out.back() == ' ' : words.back() == ' ';
            if (!first) words += ' ';
        } else if (c == '"') {
            end = end_of_quoted_string(phrase, at);
            append_decoded(out, words, defects);
            words.clear();
            append_decoded(out, text_of_quoted_string(phrase.substr(at, end - at)), defects);
        } else {
            words += c;
        }
        at = end;
    }
    if (words.ends_with(' ')) words.pop_back();
    append_decoded(out, words, defects);
    return out;
}

}  // namespace postrider::mime
